package holdfast.house.broken.framework;

import java.io.FileInputStream;
import java.io.IOException;

/** Breaks core's freedom the old way. */
final class OpensAStream {
    static int first(String file) throws IOException {
        try (FileInputStream stream = new FileInputStream(file)) {
            return stream.read();
        }
    }
}
