package holdfast.formats;

import holdfast.formats.Shape.Key;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of the reference pages, made from the keys that the readers know, so that a page cannot lie. */
final class ReferencePages {
    private ReferencePages() {}

    static String plan() {
        return tables(
                        PlanShapes.PLAN,
                        PlanShapes.LIFETIME,
                        PlanShapes.LEVEL,
                        PlanShapes.MEMBERS,
                        PlanShapes.ATTRIBUTES,
                        PlanShapes.CLASS,
                        PlanShapes.CLAUSE,
                        PlanShapes.LIMITS)
                + obligations();
    }

    static String sites() {
        return tables(
                SitesShapes.SITES,
                SitesShapes.ELEMENT,
                SitesShapes.DELETES,
                SitesShapes.LINK,
                SitesShapes.CLOCK,
                SitesShapes.AGREEMENT,
                SitesShapes.PERIOD);
    }

    static String policy() {
        return tables(
                PolicyShapes.POLICY,
                PolicyShapes.NAMES,
                PolicyShapes.REFUSED,
                PolicyShapes.SCOPE,
                PolicyShapes.RULE,
                PolicyShapes.ACCESS,
                PolicyShapes.ROLE);
    }

    static String notifying() {
        return tables(
                NotifyShapes.NOTIFY, NotifyShapes.WHEN, NotifyShapes.CHANNEL, NotifyShapes.MAIL, NotifyShapes.WEBHOOK);
    }

    static String openers() {
        return tables(OpenersFile.OPENERS, OpenersFile.OPENER);
    }

    static String issuers() {
        return tables(IssuersFile.ISSUERS, IssuersFile.ISSUER, IssuersFile.CLIENT);
    }

    static String members() {
        return tables(MemberShapes.EXPORT, MemberShapes.MEMBER);
    }

    static String register() {
        return "| column |\n|---|\n"
                + RegisterFile.COLUMNS.stream().map(c -> "| `" + c + "` |\n").collect(Collectors.joining());
    }

    private static String tables(Shape... shapes) {
        return Stream.of(shapes).map(ReferencePages::table).collect(Collectors.joining());
    }

    private static String table(Shape shape) {
        return "### Keys of " + shape.title() + "\n\n| key | value | needed | says |\n|---|---|---|---|\n"
                + rows(shape.keys()) + "\n";
    }

    private static String rows(List<Key> keys) {
        return keys.stream()
                .map(k -> "| `%s` | %s | %s | %s |%n"
                        .formatted(k.name(), k.form().words(), k.required() ? "yes" : "", k.says()))
                .collect(Collectors.joining());
    }

    private static String obligations() {
        return Arrays.stream(ObligationKind.values())
                .map(ReferencePages::obligation)
                .collect(Collectors.joining("", "### Obligations, the closed set\n\n", ""));
    }

    private static String obligation(ObligationKind kind) {
        String measured = kind.wouldMeasure()
                .map(w -> "Nothing measures it yet: UNDETERMINED; it would take " + w + ".")
                .orElse("Measured.");
        List<Key> keys = kind.shape().keys();
        String needs = keys.isEmpty()
                ? "\nIts value is `yes`.\n"
                : "\n| key | value | needed | says |\n|---|---|---|---|\n" + rows(keys);
        return "**%s** (%s). %s %s%n%s%n".formatted(kind.phrase(), kind.kind(), kind.says(), measured, needs);
    }
}
