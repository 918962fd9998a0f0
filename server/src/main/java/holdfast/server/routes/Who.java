package holdfast.server.routes;

import holdfast.access.Area;
import java.util.Locale;

/** Whom a route is for. */
public sealed interface Who {
    /** No login is needed. */
    record Anybody() implements Who {}

    /** Whoever has an account that may act. */
    record WithAccount() implements Who {}

    /** Members and the custodian. */
    record Members() implements Who {}

    /** The custodian, and members whose roles or attributes open an area by the policy in force. */
    record WithArea(Area area) implements Who {}

    /** Those from whom nothing is hidden: sums over everything. */
    record Whole() implements Who {}

    /** The account that a site's own process removes copies by, and nobody else. */
    record Eraser() implements Who {}

    record Custodians() implements Who {}

    static Who of(String word) {
        return switch (word) {
            case "anybody" -> new Anybody();
            case "account" -> new WithAccount();
            case "member" -> new Members();
            case "whole" -> new Whole();
            case "eraser" -> new Eraser();
            case "custodian" -> new Custodians();
            default -> new WithArea(Area.valueOf(word));
        };
    }

    /** As one says it behind "is for". */
    default String words() {
        return switch (this) {
            case Anybody _ -> "everybody";
            case WithAccount _ -> "accounts";
            case Members _ -> "members";
            case WithArea(Area area) ->
                "the custodian and members whose roles open " + area.name().toLowerCase(Locale.ROOT);
            case Whole _ -> "those from whom nothing is hidden";
            case Eraser _ -> "the account of the site's own process";
            case Custodians _ -> "the custodian";
        };
    }
}
