package holdfast.server.simulation;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A failure in words that help to find it. */
final class Failures {
    private Failures() {}

    static String words(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString()
                .lines()
                .filter(l -> !l.contains("jdk.internal") && !l.contains("java.base"))
                .limit(14)
                .reduce((one, more) -> one + "\n      " + more)
                .orElse("");
    }
}
