package holdfast.server.drivers.s3;

import java.util.Optional;

/** What became of the requests that carried a file's bytes. */
sealed interface Sent {
    /**
     * The endpoint said that it has them.
     *
     * @param version the version it made of them, where it keeps versions
     */
    record Taken(Sums.Known sums, Optional<String> version) implements Sent {}

    /** The endpoint said that something stands there. */
    record Stood(Sums.Known sums) implements Sent {}

    /** Nothing can stand there because of them. */
    record Refused(String why) implements Sent {}

    /** All bytes went out, and no answer tells what became of them. */
    record Unclear(Sums.Known sums, String why) implements Sent {}
}
