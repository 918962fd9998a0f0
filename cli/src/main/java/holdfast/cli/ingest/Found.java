package holdfast.cli.ingest;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * Why a file did not come in, in the server's codes.
 *
 * @param text what is wrong and what to do
 */
public record Found(String code, String text) {
    static final String UNREADABLE = "UNREADABLE";

    static Found unreadable(Exception bad) {
        return switch (bad) {
            case DirectoryIteratorException within ->
                new Found(UNREADABLE, "listing it failed: " + within.getMessage());
            case NoSuchFileException gone ->
                new Found(UNREADABLE, "it is no longer there; run again once nothing moves");
            case AccessDeniedException denied ->
                new Found(UNREADABLE, "reading it is not permitted; permit it, or run as its owner");
            case FileSystemException failed
            when failed.getReason() != null -> new Found(UNREADABLE, "reading it failed: " + failed.getReason());
            default -> new Found(UNREADABLE, "reading it failed: " + bad.getMessage());
        };
    }

    static Found otherBytes(String text) {
        return new Found("OTHER_BYTES", text);
    }

    static Found nameRefused(String text) {
        return new Found("NAME_REFUSED", text);
    }

    static Found notWritten(String text) {
        return new Found("NOT_WRITTEN", text);
    }
}
