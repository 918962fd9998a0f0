package holdfast.server.work;

import java.util.List;

/** An act, or a signature under one, that is refused: every reason, for people. Nothing changed. */
public final class ActRefused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int MOST_TOLD = 20;

    ActRefused(List<String> why) {
        super(told(why));
    }

    ActRefused(String why) {
        this(List.of(why));
    }

    private static String told(List<String> why) {
        String first = String.join("\n", why.subList(0, Math.min(MOST_TOLD, why.size())));
        return why.size() > MOST_TOLD ? first + "\nand " + (why.size() - MOST_TOLD) + " more" : first;
    }
}
