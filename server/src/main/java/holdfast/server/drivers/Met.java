package holdfast.server.drivers;

import holdfast.storage.StorageDriver.Knock;
import java.util.List;
import java.util.stream.Collectors;

/** What came of one request of somebody who must not be let in; {@code how} names the request and its answer. */
public sealed interface Met {
    String how();

    /** Nothing was given and nothing shown. */
    record Refused(String how) implements Met {}

    record LetIn(String how) implements Met {}

    /** It tells nothing: no answer, or one that would be given to anybody. */
    record Unclear(String how) implements Met {}

    /** What several requests tell together: one that was let in is enough, and one that tells nothing leaves all open. */
    static Knock all(List<Met> met) {
        return met.stream()
                .filter(LetIn.class::isInstance)
                .map(m -> (Knock) new Knock.LetIn(m.how()))
                .findFirst()
                .or(() -> met.stream()
                        .filter(Unclear.class::isInstance)
                        .map(m -> (Knock) new Knock.NotKnown(m.how()))
                        .findFirst())
                .orElseGet(() -> new Knock.Refused(met.stream().map(Met::how).collect(Collectors.joining(", "))));
    }
}
