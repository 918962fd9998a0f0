package holdfast.server.crash;

import java.util.List;

/** Classes read and linked once for all children, where this Java can keep them. */
final class Archive {
    private Archive() {}

    static List<String> options() {
        return List.of();
    }
}
