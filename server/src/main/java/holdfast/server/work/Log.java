package holdfast.server.work;

/** The workers' log. */
final class Log {
    private Log() {}

    static System.Logger of(Class<?> worker) {
        return System.getLogger(worker.getName());
    }
}
