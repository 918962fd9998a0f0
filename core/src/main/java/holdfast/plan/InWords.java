package holdfast.plan;

import holdfast.storage.FailureDomain;
import holdfast.vocabulary.SiteName;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says the values of a plan in words: one wording for pages, for the command line and for JSON. */
public final class InWords {
    private InWords() {}

    /** An obligation as the end of a sentence that begins with the clause's subjects, without a full stop. */
    public static String say(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast(int copies) -> "have at least " + copies(copies) + ", each at another site";
            case Obligation.CompleteAt(PlaceRule place) -> "have a copy that counts at " + say(place);
            case Obligation.CoveredBy(PlaceRule place) -> "be covered, all together, by copies at " + say(place);
            case Obligation.IndependentCopies(int copies, Set<FailureDomain> differing) ->
                "have at least " + copies(copies) + " that differ in " + domains(differing);
            case Obligation.Accessible(int copies, Optional<Duration> drill) ->
                "have at least " + copies(copies) + " which can be read back now"
                        + drill.map(d -> ", by a recall drill of the last " + say(d))
                                .orElse("");
            case Obligation.Opened(String format) -> "be recalled and opened as " + format;
            case Obligation.CheckedEvery(Duration disk, Duration tape) ->
                "be read and compared every " + say(disk) + " on disk and every " + say(tape) + " on tape";
            case Obligation.OneLevel() -> "have exactly one class and level";
            case Obligation.ReleasedByAct() -> "be released by an act that people signed";
            case Obligation.Catalogued(Duration within) ->
                "agree with a listing of the storage of the last " + say(within);
            case Obligation.OpenTo(Level.Audience audience, Duration every) ->
                audience == Level.Audience.PUBLIC
                        ? "be open to everybody, as tried from outside every " + say(every)
                        : "be closed to all but members, as tried from outside every " + say(every);
            case Obligation.RegisteredInFull(Duration within) ->
                "have arrived as a register of the last " + say(within) + " names them";
            case Obligation.KeptUntil(String lifetime) -> "be kept until the end of " + lifetime + " is declared";
            case Obligation.FollowShares(String table, double within) ->
                "follow the shares of " + table + " within " + number(within) + " % of each share";
            case Obligation.EvidenceKept(Duration audited, Duration head) ->
                "have their journal folded again every " + say(audited) + " and its head outside every " + say(head);
            case Obligation.PlanVersioned() -> "be judged against a named version of the plan";
            case Obligation.WaiversBounded(Duration longest) ->
                "be waived by name only, by an owner, for at most " + say(longest);
            case Obligation.Unmeasured o ->
                o.kind() + asked(o.asked()) + " (nothing measures it yet; it would take " + o.wouldMeasure() + ")";
        };
    }

    /** The kind of an obligation, as the plan language calls it. */
    public static String kind(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast o -> "copies at least";
            case Obligation.CompleteAt o -> "complete at";
            case Obligation.CoveredBy o -> "covered together by";
            case Obligation.IndependentCopies o -> "independent copies";
            case Obligation.Accessible o -> "accessible";
            case Obligation.Opened o -> "opened";
            case Obligation.CheckedEvery o -> "checked every";
            case Obligation.OneLevel o -> "one level";
            case Obligation.ReleasedByAct o -> "released by act";
            case Obligation.Catalogued o -> "catalogued";
            case Obligation.OpenTo o -> "audience";
            case Obligation.RegisteredInFull o -> "registered in full";
            case Obligation.KeptUntil o -> "kept until";
            case Obligation.FollowShares o -> "follow shares";
            case Obligation.EvidenceKept o -> "evidence kept";
            case Obligation.PlanVersioned o -> "plan versioned";
            case Obligation.WaiversBounded o -> "waivers bounded";
            case Obligation.Unmeasured o -> o.kind();
        };
    }

    /** Where an obligation comes from: {@code plan}, {@code reading A-1} or {@code our setting}. */
    public static String say(Basis basis, Optional<String> reading) {
        return switch (basis) {
            case PLAN -> "plan";
            case READING -> "reading" + reading.map(r -> " " + r).orElse("");
            case OUR_SETTING -> "our setting";
        };
    }

    public static String say(PlaceRule place) {
        String where = place.table()
                .map(t -> "the sites of " + t)
                .orElse(place.sites().isEmpty() ? "any site" : names(place.sites(), " or "));
        return place.except().isEmpty() ? where : where + " except " + names(place.except(), " and ");
    }

    /** A span in its largest whole unit: {@code 7 d}, {@code 36 h}, {@code 5 min}, {@code 30 s}; 48 h stay hours. */
    public static String say(Duration span) {
        long seconds = span.toSeconds();
        if (seconds == 0) {
            return "0 s";
        }
        if (seconds % 86_400 == 0 && seconds > 3 * 86_400) {
            return seconds / 86_400 + " d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** A number without needless decimals. */
    public static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    public static String say(FailureDomain domain) {
        return domain.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String asked(Map<String, String> asked) {
        return asked.isEmpty()
                ? ""
                : asked.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    private static String copies(int copies) {
        return copies + (copies == 1 ? " copy that counts" : " copies that count");
    }

    private static String domains(Set<FailureDomain> domains) {
        return domains.stream().sorted().map(InWords::say).collect(Collectors.joining(", "));
    }

    private static String names(Set<SiteName> sites, String between) {
        return sites.stream().sorted().map(SiteName::name).collect(Collectors.joining(between));
    }
}
