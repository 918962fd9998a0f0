package holdfast.server.drivers.webdav;

import holdfast.storage.ThirdPartyCopy.Ended;
import holdfast.storage.ThirdPartyCopy.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Reads how a copy between two servers goes: blocks of {@code Perf Marker ... End}, then one last line that decides. The status of the
 * answer says nothing, and neither does a number of bytes: the first marker of a finished copy may say 0. Without a last line nobody
 * knows.
 */
final class CopyAnswer {
    private static final int MOST_LINE = 4_096;

    private final Duration stall;
    private long bytes = -1;
    private long progressAt = System.nanoTime();

    /** @param stall how long markers may come without more bytes */
    CopyAnswer(Duration stall) {
        this.stall = stall;
    }

    Ended read(InputStream body) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), MOST_LINE)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                String lower = text.toLowerCase(Locale.ROOT);
                if (lower.startsWith("success")) {
                    return new Ended.Success();
                }
                if (lower.startsWith("failure") || lower.startsWith("aborted")) {
                    return new Ended.Failure(fault(lower), text);
                }
                progress(lower);
                if (System.nanoTime() - progressAt > stall.toNanos()) {
                    return new Ended.Unknown("no more bytes came for %d s".formatted(stall.toSeconds()));
                }
            }
            return new Ended.Unknown("the answer ended before its last line");
        } catch (IOException e) {
            return new Ended.Unknown("the answer broke off: " + e.getMessage());
        }
    }

    private void progress(String line) {
        String key = "stripe bytes transferred:";
        if (line.startsWith(key)) {
            try {
                long now = Long.parseLong(line.substring(key.length()).strip());
                if (now > bytes) {
                    bytes = now;
                    progressAt = System.nanoTime();
                }
            } catch (NumberFormatException notANumber) {
                // A marker that says nothing shows no progress.
                return;
            }
        }
    }

    /** By the words of the servers that we know; what is not known is worth another try. */
    static Fault fault(String words) {
        if (has(
                words,
                "no space",
                "code=28",
                "filesystem write failure",
                "disk full",
                "quota",
                "507",
                "insufficient storage")) {
            return Fault.DESTINATION;
        }
        if (has(words, "status code 404", "http 404", "code 404", "404 not found", "no such file")) {
            return Fault.SOURCE;
        }
        if (has(
                words,
                "status code 401",
                "status code 403",
                "http 401",
                "http 403",
                "permission denied",
                "unauthorized")) {
            return Fault.NOT_THIS_WAY;
        }
        return Fault.TRANSIENT;
    }

    private static boolean has(String words, String... any) {
        for (String one : any) {
            if (words.contains(one)) {
                return true;
            }
        }
        return false;
    }
}
