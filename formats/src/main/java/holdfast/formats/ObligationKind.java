package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.SPAN;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

import holdfast.formats.Shape.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The closed set of obligations, each with the words that a plan file states it by, after "must". */
enum ObligationKind {
    ONE_LEVEL("have one class and level", "one level", "Every object belongs to exactly one class and level."),
    RELEASED_BY_ACT(
            "be released by a signed act",
            "released by act",
            "Every file came in by an act that people signed (publish), which names what it was made from."),
    CATALOGUED(
            "agree with the catalogue",
            "catalogued",
            "What stands on storage is in the catalogue, and the reverse.",
            must("listed within", SPAN, "how old a listing of an element may be")),
    REGISTERED_IN_FULL(
            "be registered in full",
            "registered in full",
            "Everything that an outside register names has arrived.",
            must("register within", SPAN, "how old the register may be")),
    COPIES_AT_LEAST(
            "have copies",
            "copies at least",
            "So many copies that count, each at another site.",
            must("at least", COUNT, "how many")),
    COMPLETE_AT(
            "be complete at",
            "complete at",
            "Every subject has a copy that counts at the place.",
            must("site", WORDS, "the site; of several any one serves"),
            may("medium", TEXT, "archival: said for the reader, since no other copy counts")),
    COVERED_TOGETHER_BY(
            "be covered together by",
            "covered together by",
            "The union of some sites covers every subject.",
            must("sites", WORDS, "the sites, or 'in TABLE' for those of an agreement"),
            may("except", WORDS, "sites that do not serve"),
            may("medium", TEXT, "archival: said for the reader, since no other copy counts")),
    FOLLOW_SHARES(
            "follow shares",
            "follow shares",
            "Bytes by site against a dated table; stands under 'agreed', never under 'must'.",
            must("table", TEXT, "the agreement of the sites file"),
            must("within", Shape.Form.PERCENT, "the tolerance, relative to each share")),
    INDEPENDENT_COPIES(
            "have independent copies",
            "independent copies",
            "So many copies that count and that share no named failure domain.",
            must("at least", COUNT, "how many"),
            must("differing in", WORDS, "site, region, hazard-zone, operator")),
    ACCESSIBLE(
            "be accessible",
            "accessible",
            "Copies that can be read back now.",
            must("at least", COUNT, "how many copies"),
            may("recall drill within", SPAN, "how long a recall drill holds")),
    OPENED(
            "be recalled and opened",
            "opened",
            "A copy was recalled and opened by a program for its format.",
            must("as", TEXT, "the format, such as root")),
    CHECKED_EVERY(
            "be checked",
            "checked every",
            "The calendar of reading bytes again; scrubs find their planted canaries.",
            must("every on disk", SPAN, "how often on disks"),
            must("every on tape", SPAN, "how often on tapes")),
    KEPT_UNTIL(
            "be kept until the end of",
            "kept until",
            "Kept until a lifetime's end is declared, and held after it.",
            must("lifetime", TEXT, "a lifetime of this plan")),
    EVIDENCE_KEPT(
            "keep its evidence",
            "evidence kept",
            "The journal is folded again and agrees; its signed head stands outside.",
            must("audited within", SPAN, "how old the last audit may be"),
            must("head outside within", SPAN, "how old the head outside may be")),
    PLAN_VERSIONED("name the version of the plan", "plan versioned", "Verdicts name the plan's version."),
    WAIVERS_BOUNDED(
            "keep waivers bounded",
            "waivers bounded",
            "Waivers are dated, owned and end.",
            must("at most", SPAN, "the longest a waiver may last; 90 d or less")),

    RELEASED_ONLY_BY(
            "be released only by",
            "released only by",
            "What must be shown before anything is released.",
            "the release guard's own records",
            may("act", TEXT, "the act that releases"),
            may("signatures", COUNT, "how many people sign"),
            may("survivors read within", SPAN, "how old the proof of what stays may be"),
            may("only if", TEXT, "the state it must be in, such as replaceable")),
    AUDIENCE(
            "be open to",
            "audience",
            "Who may know of it and read it; all others are refused, as knocking from outside shows.",
            must("audience", TEXT, "public or members"),
            may("probed every", SPAN, "how long a trial from outside holds; 24 h where it is not said")),
    LINKED_TO(
            "be linked to",
            "linked to",
            "Relations to other objects in a given state.",
            "the relations of records, once records are kept here",
            must("objects", WORDS, "what it needs a relation to"),
            may("state", TEXT, "the state they must be in")),
    ARCHIVED_BY_US(
            "be archived by us",
            "archived by us",
            "Own bytes beside an outside promise.",
            "own copies of records, once records are kept here",
            may("copies", COUNT, "how many copies of our own")),
    CARRIES_NOTICE(
            "carry a notice",
            "noticed and unpromised",
            "A notice travels with it; it counts as no copy and may go.",
            "the notice in every outreach package",
            must("notice", TEXT, "the notice"),
            may("never an input of", WORDS, "classes whose objects must not rest on it")),
    FLAGGED(
            "be flagged",
            "flagged",
            "A flag computed from the level, for reports.",
            "the reports that carry the flag",
            must("flag", TEXT, "the flag"),
            may("only here", FLAG, "whether no other level may carry it")),
    NO_PERSONAL_DATA(
            "hold no personal data",
            "no personal data",
            "The schema refuses it and a scan looks for it.",
            "a scan of metadata for fields that name people",
            may("scanned every", SPAN, "how often")),
    VERSIONED(
            "be versioned",
            "versioned",
            "Nothing is overwritten.",
            "the history of versions of records",
            may("objects", WORDS, "what is versioned")),
    BACKED_UP(
            "be backed up",
            "backed up",
            "A register of stores with their last good backup and last restore drill.",
            "a register of stores with dated backups and restore drills",
            may("backup within", SPAN, "how old the last good backup may be"),
            may("restore drill within", SPAN, "how old the last drill may be"),
            may("at any of", WORDS, "where the stores stand; any one serves")),
    RECIPE_COMPLETE(
            "have a complete recipe",
            "recipe complete",
            "Whether it can be made again, computed from the graph of its ingredients.",
            "the recipe graph and replays of samples",
            may("ingredients", WORDS, "what a recipe needs")),
    JOINED_UP(
            "be joined up",
            "joined up",
            "Runs, log and environment meet by run and time.",
            "campaign packages with their log and environment records",
            must("parts", WORDS, "what has to meet")),
    MIRRORED_FROM(
            "be mirrored from",
            "mirrored from",
            "Ref-by-ref equality with the primary host.",
            "a comparison of refs between the primary host and its mirrors",
            must("primary", TEXT, "the host that decides"),
            may("mirrors", WORDS, "the mirrors compared with it"));

    private final String phrase;
    private final String kind;
    private final String says;
    private final Optional<String> wouldMeasure;
    private final Shape shape;

    ObligationKind(String phrase, String kind, String says, Key... keys) {
        this(phrase, kind, says, Optional.empty(), keys);
    }

    ObligationKind(String phrase, String kind, String says, String wouldMeasure, Key... keys) {
        this(phrase, kind, says, Optional.of(wouldMeasure), keys);
    }

    ObligationKind(String phrase, String kind, String says, Optional<String> wouldMeasure, Key... keys) {
        this.phrase = phrase;
        this.kind = kind;
        this.says = says;
        this.wouldMeasure = wouldMeasure;
        this.shape = Shape.of("'" + phrase + "'", keys);
    }

    /** The words of the plan file, after "must" or "agreed". */
    String phrase() {
        return phrase;
    }

    String kind() {
        return kind;
    }

    String says() {
        return says;
    }

    /** What would measure it; empty when it is measured today. */
    Optional<String> wouldMeasure() {
        return wouldMeasure;
    }

    Shape shape() {
        return shape;
    }

    static Optional<ObligationKind> of(String phrase) {
        return Arrays.stream(values()).filter(k -> k.phrase.equals(phrase)).findFirst();
    }

    static List<String> phrases() {
        return Arrays.stream(values()).map(k -> k.phrase).toList();
    }
}
