package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.DATE;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.ROWS;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

/** What an export of members may say. */
final class MemberShapes {
    private static final String READ_AND_FORGOTTEN = "read and forgotten";

    static final Shape EXPORT = Shape.of(
            "the export",
            must("holdfast-members", COUNT, "1, the version of this form"),
            may("as-of", TEXT, "of which moment it is, such as 2026-11-22T06:00:00Z; when it came if absent"),
            must("members", ROWS, "a table for each member"));

    static final Shape MEMBER = Shape.of(
            "a member",
            must("id", TEXT, "who it is, the same in every export: a number or a pseudonym"),
            may("institute", TEXT, "where they work"),
            may("since", DATE, "their first day as a member"),
            may("until", DATE, "their last day as a member; no end if absent"),
            may("active", FLAG, "whether they are a member at all; yes if absent"),
            may("roles", WORDS, "what plan and policy call them, such as data-production"),
            may("groups", WORDS, "working groups"),
            may("account", TEXT, "theirs here; the one called like their id if absent"),
            may("identities", WORDS, "DNs as logins here have them, or SUB=..., ISS=... of tokens"),
            may("name", TEXT, READ_AND_FORGOTTEN),
            may("mail", TEXT, READ_AND_FORGOTTEN));

    private MemberShapes() {}
}
