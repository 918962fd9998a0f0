package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.SPAN;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a file of openers (docs/reference/openers-file.md). It names programs that the server runs, so it is a file of the
 * node's own and no part of what is adopted: whoever writes a plan runs nothing.
 */
public final class OpenersFile {
    static final Shape OPENERS = Shape.of(
            "the openers",
            must("holdfast-openers", COUNT, "1, the version of this language"),
            must(
                    "openers",
                    TABLE,
                    "programs, by the format that plans name after 'be recalled and opened: { as: ... }'"));

    static final Shape OPENER = Shape.of(
            "an opener",
            must(
                    "command",
                    WORDS,
                    "the program by its absolute path and its words; one of them is {file} and stands for the file"),
            may("limit", SPAN, "how long it may run before it is ended; 5 min if absent"));

    private static final Pattern FORMAT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Findings findings;

    private OpenersFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the file.
     *
     * @param fileName how findings call the file
     * @return the openers, or everything that is wrong with the file
     */
    public static Result<List<Opener>> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Optional<List<Opener>> openers =
                YamlText.table(text, findings).map(table -> new OpenersFile(findings).openers(table));
        return findings.result(openers::orElseThrow);
    }

    private List<Opener> openers(Item.Table table) {
        Fields f = new Fields(table.spot(), table, OPENERS, findings);
        f.count("holdfast-openers", 1, 1);
        List<Opener> openers = new ArrayList<>();
        for (Item.Field field : f.table("openers").fields()) {
            if (!FORMAT.matcher(field.name()).matches()) {
                findings.add(
                        field.key().spot(),
                        "'" + field.name() + "' is no name of a format",
                        "write up to 32 lower-case letters, digits, dots or dashes, as the plan does");
            }
            if (field.value() instanceof Item.Table opener) {
                openers.add(opener(field, new Fields(field.key().spot(), opener, OPENER, findings)));
            } else {
                findings.add(
                        field.value().spot(), "an opener is " + field.value().form(), "give it command:");
            }
        }
        return openers;
    }

    private Opener opener(Item.Field field, Fields f) {
        List<String> command = f.words("command").stream().map(Item.Word::text).toList();
        if (!command.isEmpty() && !command.getFirst().startsWith("/")) {
            findings.add(
                    f.spot("command"),
                    "'" + command.getFirst() + "' is no absolute path",
                    "name the program by its whole path: which one is found must not depend on who starts the server");
        }
        if (f.has("command") && command.stream().filter(Opener.FILE::equals).count() != 1) {
            findings.add(
                    f.spot("command"),
                    "the command does not say where the file goes",
                    "write {file} in quotes as one of its words, once");
        }
        return new Opener(field.name(), command, f.span("limit").orElse(LIMIT));
    }
}
