package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code shift report}: what began, what ended, what stands, who waits for whom, what was silenced. */
@Command(
        name = "report",
        description = {
            "Says what one shift hands over to the next: what began, what ended, what still stands and how old it is,"
                    + " who waits for whom, and what was silenced.",
            "Files alike (one clause, one first reason, one element) are one line with one of them by name; all names:"
                    + " holdfast failing CLAUSE. Ends of breaches are remembered for 100 days."
        },
        mixinStandardHelpOptions = true)
final class ShiftReportVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "8h",
            converter = TimeText.Past.class,
            description = "How far back: 8h, 2d, 2026-08-03 or 2026-08-03T22:00Z; ${DEFAULT-VALUE} if not given.")
    private Instant since;

    /** The answer of {@code GET /shift}. */
    record Report(
            Instant since,
            Instant at,
            List<Changed> changes,
            List<Group> began,
            List<Group> ended,
            List<Group> open,
            List<Damaged> damage,
            Waits waits,
            Silenced silenced,
            long due) {}

    record Changed(String clause, String before, String after, Instant at) {}

    record Group(
            String clause,
            long files,
            long standing,
            Instant began,
            Instant latest,
            @Nullable Instant ended,
            String example,
            List<String> reasons) {}

    record Damaged(
            Instant at,
            String did,
            String storage,
            String outcome,
            String state,
            @Nullable String finding) {}

    record ActWaiting(
            String id,
            String act,
            @Nullable String about,
            String reason,
            String state,
            String by,
            Instant proposedAt,
            int needed,
            List<String> signers) {}

    record Waits(
            List<ActWaiting> acts,
            List<Silent> elements,
            List<Wanted> copies,
            List<Group> inspections,
            @Nullable SilentSource members) {}

    /** The source of members. */
    record SilentSource(Instant since, String why) {}

    record Silent(String storage, @Nullable Instant since, String why) {}

    record Wanted(
            String storage,
            long copies,
            long bytes,
            Instant since,
            String reason,
            @Nullable String problem,
            int attempts,
            Instant nextTry) {}

    record Silenced(List<Waived> waivers, List<Down> downtimes) {}

    record Waived(
            String id,
            String clause,
            int subjects,
            String owner,
            String signer,
            String reason,
            Instant from,
            Instant until) {}

    record Down(
            String site,
            Instant from,
            Instant until,
            String reason,
            @Nullable String by) {}

    @Override
    public Integer call() {
        Report report = Json.read(connection.get(Route.of("shift").with("since", since)), Report.class);
        new ShiftText(connection::say, report).say();
        return ExitCode.OK;
    }
}
