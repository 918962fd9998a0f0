package holdfast.server.grid;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One file of a job of the FTS endpoint of these tests, from one source. */
final class FtsFile {
    final Asked asked;
    final URI source;
    private String state;
    private String reason = "";
    private @Nullable Process running;

    /** What one file was asked for as. */
    record Asked(List<URI> sources, URI destination, Optional<String> checksum, boolean verifies, Tape tape) {}

    /**
     * What has to do with tape; in seconds, nothing below one.
     *
     * @param told what the library of the source is told with the file
     */
    record Tape(long bringOnline, long pin, long archive, JsonNode told) {
        boolean isStaged() {
            return bringOnline > 0 || pin > 0;
        }
    }

    FtsFile(Asked asked, URI source) {
        this.asked = asked;
        this.source = source;
        state = asked.sources.getFirst().equals(source) ? asked.tape.isStaged() ? "STAGING" : "SUBMITTED" : "NOT_USED";
    }

    synchronized String state() {
        return state;
    }

    synchronized String reason() {
        return reason;
    }

    synchronized boolean isOver() {
        return List.of("FINISHED", "FAILED", "CANCELED").contains(state);
    }

    synchronized boolean end(String how, String why) {
        if (isOver()) {
            return false;
        }
        state = how;
        reason = why;
        return true;
    }

    /** Its turn has come, since the one before it failed. */
    synchronized void use() {
        if (state.equals("NOT_USED")) {
            state = "SUBMITTED";
        }
    }

    /** Starts the program of a state; empty where the file was cancelled. */
    synchronized Optional<Process> begin(String next, ProcessBuilder program) throws IOException {
        if (isOver()) {
            return Optional.empty();
        }
        state = next;
        Process started = program.start();
        running = started;
        return Optional.of(started);
    }

    synchronized void cancel() {
        if (end("CANCELED", "Job canceled by the user") && running != null) {
            running.destroyForcibly();
        }
    }
}
