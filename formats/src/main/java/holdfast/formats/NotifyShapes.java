package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.PERCENT;
import static holdfast.formats.Shape.Form.SPAN;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

/** The keys of a file of notifications, table by table. */
final class NotifyShapes {
    static final String VERSION_KEY = "holdfast-notify";

    static final Shape NOTIFY = Shape.of(
            "the notifications",
            must(VERSION_KEY, COUNT, "1, the version of this language"),
            must("house", TEXT, "what messages call this house, in a word or a few"),
            may("pause", SPAN, "the shortest time between two messages; 5 min if absent"),
            may("repeat", SPAN, "how soon an alarm that nobody took is said again; 4 h if absent"),
            may("alive", SPAN, "how often a sign of life is given to channels that ask for it; 15 min if absent"),
            may("keep", SPAN, "how long alarms and messages are remembered; 100 d if absent"),
            may("when", TABLE, "when something is worth an alarm"),
            must("channels", TABLE, "where messages go, by a name of your choice"));

    static final Shape WHEN = Shape.of(
            "when",
            may("proof-left", PERCENT, "a survivor's proof runs out soon; 10 % of its time if absent, and below 20 %"),
            may("no-head-for", SPAN, "no signed head was written outside; 30 min if absent"),
            may("not-shipped-for", SPAN, "an entry of the journal waits to be shipped; 15 min if absent"),
            may("no-restore-drill-for", SPAN, "the last restore drill is older; 100 d if absent"),
            may("disk-left", PERCENT, "a disk is called full; 10 % left if absent"));

    static final Shape CHANNEL = Shape.of(
            "a channel",
            may("mail", TABLE, "mail by SMTP; either this or webhook"),
            may("webhook", TABLE, "a POST of signed JSON; either this or mail"),
            may("alive", FLAG, "whether signs of life are given here too; no if absent"));

    static final Shape MAIL = Shape.of(
            "mail",
            must("server", TEXT, "the host that takes our mail"),
            may("port", COUNT, "its port; 587 for starttls, 465 for tls, 25 for none if absent"),
            may(
                    "security",
                    TEXT,
                    "starttls, tls or none; starttls if absent. A password asks for one of the first two"),
            must("from", TEXT, "the sender's address"),
            must("to", WORDS, "addresses of those who are told"),
            may("user", TEXT, "who we are at the server; needs password-file"),
            may("password-file", TEXT, "a file with the password alone, beside this file unless its path is absolute"));

    static final Shape WEBHOOK = Shape.of(
            "webhook",
            must("url", TEXT, "https; plain http for this very machine only. Redirects are not followed"),
            must(
                    "secret-file",
                    TEXT,
                    "a file with the secret that signs, beside this file unless its path is absolute"));

    private NotifyShapes() {}
}
