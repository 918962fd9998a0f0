package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.ROWS;
import static holdfast.formats.Shape.Form.SPAN;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

import holdfast.plan.InWords;
import holdfast.plan.Limit;
import holdfast.plan.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The keys of a plan file, table by table. */
final class PlanShapes {
    static final String VERSION_KEY = "holdfast-plan";
    static final String BUFFER_PROOF = "buffer read is proof at";
    static final String SAMPLE_PROOF = "cartridge sample is proof at";

    static final Shape PLAN = Shape.of(
            "the plan",
            must(VERSION_KEY, COUNT, "1, the version of this language"),
            must("id", TEXT, "a short name of the plan, in lower case"),
            must("title", TEXT, "the plan's title"),
            must("version", TEXT, "its version, which every verdict names"),
            may("lifetimes", TABLE, "spans whose end a named body declares, by name"),
            must("levels", TABLE, "the levels, by number"),
            may("members", TABLE, "who tells who is a member; an export if absent, and nobody before the first one"),
            may("attributes", TABLE, "by scope, how attributes that the metadata lacks are read from the name"),
            must("classes", ROWS, "the classes of data; the first that matches an object is its class"),
            may("limits", TABLE, "intervals and limits that differ from the defaults"),
            must("clauses", TABLE, "the clauses, by number such as P-26"));

    static final Shape LIFETIME = Shape.of(
            "a lifetime",
            must("declared-by", TEXT, "the body that declares its end"),
            may("not-before", TEXT, "another lifetime that it outlives"));

    static final Shape LEVEL = Shape.of(
            "a level",
            must("name", TEXT, "what the level is called"),
            must("audience", TEXT, "public or members"),
            may("hides-existence", FLAG, "whether others may not even learn that an object exists; no if absent"),
            may(
                    "written-by",
                    WORDS,
                    "roles of which a writer needs one, beside the permission of the catalogue; that alone if absent"),
            may(
                    "entered-by",
                    TEXT,
                    "act: files come in by acts that people signed (publish) and in no other way; any, if absent: by"
                            + " whoever may write"),
            may("notice", TEXT, "a notice that travels with every object"));

    static final Shape MEMBERS = Shape.of(
            "members",
            must(
                    "from",
                    TEXT,
                    "export: a list that another system keeps (members-file.md); groups: those that issuers name in"
                            + " tokens, and VOMS; accounts: whoever has an account here"),
            may("told by", WORDS, "from groups: the issuers that are asked, as their tokens have them in iss; voms"),
            may("groups", WORDS, "from groups: those of which one makes a member, character for character"),
            may("roles", TABLE, "from groups: for each role the groups of which one gives it to a member"),
            may(
                    "institutes below",
                    TEXT,
                    "from groups: the group whose direct subgroups are the institutes; no institutes if absent"),
            may(
                    "seen within",
                    SPAN,
                    "from groups: whole days for which somebody who does not come in may still sign and own programs; 30 d if"
                            + " absent"),
            may(
                    "silent after",
                    SPAN,
                    "how old the source's last word may be: of an export, before levels for members are closed to them;"
                            + " from groups, when a member last came in; 24 h if absent"),
            may("sign after", SPAN, "how long somebody is a member before their signature counts; 30 d if absent"),
            may(
                    "signatures lapse after",
                    SPAN,
                    "how long a signature waits for the others that an act needs; 7 d if absent"),
            may(
                    "signatures of different institutes",
                    FLAG,
                    "whether those of one act come from different institutes; no if absent"));

    static final Shape ATTRIBUTES = Shape.of(
            "an entry of attributes",
            must("from-name", TEXT, "a template of the name's last part, such as '{type}.{run:number}[.{part}].dat'"));

    static final Shape CLASS = Shape.of(
            "a class",
            must("level", COUNT, "the number of its level"),
            may("scope", WORDS, "scopes, or beginnings of scopes ending in *; one of them must fit"),
            may("path", TEXT, "whole segments that the name begins with"),
            may("where", TABLE, "for each attribute its value, or a list of values of which one must hold"),
            may("decided-by", TEXT, "who decides what those attributes say, for the reader"),
            may("zero-bytes", TEXT, "allowed or refused; refused if absent"),
            may(
                    "undeletable",
                    FLAG,
                    "whether nothing may fall below its duties while a lifetime is open; no if absent"),
            may("records", FLAG, "yes for a class of records, which no file matches"));

    static final Shape CLAUSE = Shape.of(
            "a clause",
            must("section", TEXT, "the section of the plan, such as 2.4.1"),
            must("says", TEXT, "the clause in one sentence of your own"),
            must("binds", TEXT, "who owes it"),
            may("level", COUNT, "the level it speaks of"),
            must("about", WORDS, "classes; or 'all files', 'all classes', 'this system'"),
            may("standing", TEXT, "duty or statement; duty if absent"),
            may("must", ROWS, "its obligations; the clause is the worst of them"),
            may("agreed", ROWS, "figures beside the verdict that never enter it"),
            may("assumed", TEXT, "what an outsider is said to keep; stands beside the verdict"),
            may("would-measure", TEXT, "what would measure it, where nothing does yet"),
            may("waivable", FLAG, "whether it can be waived; yes if absent"));

    static final Shape LIMITS = new Shape("limits", limits());

    private PlanShapes() {}

    private static List<Shape.Key> limits() {
        List<Shape.Key> keys = new ArrayList<>();
        Arrays.stream(Limit.values()).map(l -> may(l.words(), SPAN, absent(l))).forEach(keys::add);
        keys.add(may(
                BUFFER_PROOF,
                WORDS,
                "sites where a read from the tape's buffer, once migrated, is proof; none if absent"));
        keys.add(may(
                SAMPLE_PROOF,
                WORDS,
                "sites where a sample of a cartridge renews the proofs of its other files, each read once by itself;"
                        + " none if absent"));
        return keys;
    }

    private static String absent(Limit limit) {
        return limit == Limit.ARCHIVED
                ? "how long a copy on tape may stand in the disk buffer alone; as '" + Limit.READ_BACK.words()
                        + "' if absent"
                : InWords.say(limit.in(Limits.DEFAULTS)) + " if absent";
    }
}
