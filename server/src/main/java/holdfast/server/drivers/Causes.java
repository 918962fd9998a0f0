package holdfast.server.drivers;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words for people; the JDK's file exceptions often say a path and nothing else. */
public final class Causes {
    private Causes() {}

    public static String of(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file or folder: " + missing.getFile();
            case AccessDeniedException denied -> "permission denied: " + denied.getFile();
            case ClosedByInterruptException _ -> "interrupted";
            case FileSystemException other
            when other.getReason() != null ->
                other.getReason() + (other.getFile() == null ? "" : ": " + other.getFile());
            case IOException other when other.getMessage() != null -> other.getMessage();
            default -> e.toString();
        };
    }
}
