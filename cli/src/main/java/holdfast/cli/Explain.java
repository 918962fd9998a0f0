package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.formats.VerdictReport.ReasonReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain}: one file: where its copies are and why, what is unmet and why, and what happens next. */
@Command(
        name = "explain",
        description = "Says of a file why each copy is where it is, what is unmet and why, and what happens next.",
        mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "DID", description = "The file, as scope:name.")
    private String did;

    /** The answer of {@code GET /files}; of a file that only the register knows there is no size. */
    record About(
            String did,
            @Nullable Long size,
            @Nullable String classId,
            @Nullable String level,
            @Nullable Map<String, String> digests,
            @Nullable String digestOrigin,
            @Nullable Map<String, String> attributes,
            @Nullable String source,
            @Nullable String run,
            @Nullable String archive,
            @Nullable String publishedBy,
            @Nullable String publishedFrom,
            @Nullable List<Copy> copies,
            @Nullable List<Wanted> wanted,
            @Nullable List<String> unmet,
            @Nullable String next,
            @Nullable List<Judged> clauses) {}

    /** A copy, and why it is there. */
    record Copy(
            String storage,
            @Nullable String site,
            String state,
            @Nullable String standing,
            @Nullable String path,
            @Nullable String locator,
            @Nullable String provedAt,
            @Nullable String proofKind,
            @Nullable String since,
            @Nullable String finding,
            @Nullable List<ReasonReport> reasons) {}

    /** A copy that is ordered. */
    record Wanted(
            @Nullable String storage,
            @Nullable String reason,
            long attempts,
            @Nullable String dueAt,
            @Nullable String problem) {}

    /** A clause that is about the file. */
    record Judged(
            String clause,
            @Nullable String verdict,
            boolean arriving,
            @Nullable String since,
            @Nullable List<ReasonReport> reasons) {}

    @Override
    public Integer call() {
        String answer = connection.get(Route.of("files").with("did", did));
        if (connection.json()) {
            return ExitCode.OK;
        }
        About about = Json.read(answer, About.class);
        file(about);
        connection.say("");
        connection.say("Where its copies are, and why");
        list(about.copies()).forEach(this::copy);
        if (list(about.copies()).isEmpty()) {
            connection.say("  There is no copy.");
        }
        connection.say("");
        connection.say("What is unmet, and why");
        list(about.unmet()).forEach(u -> connection.say("  " + u));
        list(about.clauses()).forEach(this::clause);
        if (list(about.unmet()).isEmpty() && list(about.clauses()).isEmpty()) {
            connection.say("  Nothing is unmet.");
        }
        connection.say("");
        connection.say("What happens next");
        connection.say("  " + (about.next() == null ? "Nothing is known of it." : about.next()));
        list(about.wanted()).forEach(this::wanted);
        return ExitCode.OK;
    }

    private void file(About about) {
        connection.say(about.did());
        row("bytes", about.size() == null ? "not registered" : String.format(Locale.ROOT, "%,d", about.size()));
        row("class", about.classId());
        row("level", about.level());
        row("source", about.source());
        row("run", about.run());
        row("lies in archive", about.archive());
        row("made public by act", about.publishedBy());
        row("made from", about.publishedFrom());
        map(about.digests()).forEach(this::row);
        row("digests from", about.digestOrigin());
        map(about.attributes()).forEach(this::row);
    }

    private void copy(Copy copy) {
        String place = copy.site() == null ? copy.storage() : copy.storage() + " at " + copy.site();
        connection.say("  " + place + ": " + copy.state() + since(copy.since())
                + (copy.standing() == null ? "" : ", " + copy.standing()));
        if (copy.provedAt() != null) {
            connection.say("      proved " + copy.provedAt()
                    + (copy.proofKind() == null ? "" : " (" + copy.proofKind() + ")"));
        }
        if (copy.path() != null) {
            connection.say("      path " + copy.path() + (copy.locator() == null ? "" : ", locator " + copy.locator()));
        }
        if (copy.finding() != null) {
            connection.say("      found: " + copy.finding());
        }
        connection.reasons("      ", copy.reasons());
    }

    private void clause(Judged judged) {
        String verdict = judged.verdict() == null ? "NOT A DUTY" : judged.verdict();
        connection.say("  " + judged.clause() + " " + verdict + since(judged.since())
                + (judged.arriving() ? ", arriving" : ""));
        connection.reasons("      ", judged.reasons());
    }

    private void wanted(Wanted wanted) {
        connection.say("  a copy is ordered"
                + (wanted.storage() == null ? "" : " at " + wanted.storage())
                + (wanted.reason() == null ? "" : ": " + wanted.reason()));
        if (wanted.attempts() > 0) {
            connection.say("      tried " + wanted.attempts() + " times"
                    + (wanted.problem() == null ? "" : ": " + wanted.problem()));
        }
        if (wanted.dueAt() != null) {
            connection.say("      next at " + wanted.dueAt());
        }
    }

    private void row(String label, @Nullable String value) {
        if (value != null) {
            connection.say(String.format(Locale.ROOT, "  %-13s %s", label, value));
        }
    }

    private static String since(@Nullable String since) {
        return since == null ? "" : " since " + since;
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : new java.util.TreeMap<>(map);
    }
}
