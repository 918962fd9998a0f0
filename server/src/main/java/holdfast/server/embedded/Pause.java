package holdfast.server.embedded;

/** A short wait between two looks at something that changes outside of Java. */
final class Pause {
    private Pause() {}

    /** Returns false, with the thread's interrupt kept, when somebody wants this thread to end. */
    static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
