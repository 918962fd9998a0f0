package holdfast.server.crash;

import java.io.PrintStream;
import java.util.function.Consumer;

/** What the child tells its parent, one line each, on the wire before the child goes on. */
final class Says {
    static final String AT = "crash at ";
    static final String ENTRY = "crash entry ";
    static final String WRITTEN = "crash written ";
    static final String REGISTERED = "crash registered ";
    static final String PASSED = "crash passed ";
    static final String DONE = "crash done";

    private final Consumer<String> listener;

    Says(Consumer<String> listener) {
        this.listener = listener;
    }

    static Says on(PrintStream out) {
        return new Says(line -> {
            out.println(line);
            out.flush();
        });
    }

    /** Nobody listens. */
    static Says nothing() {
        return new Says(line -> {});
    }

    void at(Failpoints.Chosen point) {
        line(AT + point);
    }

    /** A fact was said to be in the journal. */
    void entry(java.util.UUID id) {
        line(ENTRY + id);
    }

    /** A driver said that bytes are durable at a path. */
    void written(String element, String path) {
        line(WRITTEN + element + " " + path);
    }

    /** Whoever sent a file was told that it is registered. */
    void registered(String name) {
        line(REGISTERED + name);
    }

    void passed(String point, int times) {
        line(PASSED + times + " " + point);
    }

    void done() {
        line(DONE);
    }

    private synchronized void line(String text) {
        listener.accept(text);
    }
}
