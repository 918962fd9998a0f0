package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.VerdictJson;
import holdfast.formats.VerdictReport;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause.Standing;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verdict}: how the plan is kept, clause by clause. */
@Command(
        name = "verdict",
        description = "Says of each clause whether it is MET, BREACHED or UNDETERMINED, and why.",
        mixinStandardHelpOptions = true)
final class VerdictVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--clause", paramLabel = "P-25", description = "One clause, with all that is known of it.")
    private @Nullable String clause;

    @Option(
            names = "--named",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many that fail are named for each clause; ${DEFAULT-VALUE} if not given.")
    private int named;

    @Option(names = "--expect-met", description = "Exit 1 unless every clause asked about is MET.")
    private boolean expectMet;

    @Override
    public Integer call() {
        Route route = clause == null ? Route.of("verdicts") : Route.of("verdicts", clause);
        VerdictReport report = VerdictJson.read(connection.get(route.with("named", named)));
        if (!connection.json()) {
            VerdictText text = new VerdictText(connection.out());
            text.heading(report);
            if (clause == null) {
                text.table(report);
                report.clauses().forEach(text::shortcomings);
            } else {
                report.clauses().forEach(text::whole);
            }
        }
        return !expectMet || allMet(report) ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    /** A statement has no verdict and is not counted; a report of nothing is not met. */
    private static boolean allMet(VerdictReport report) {
        return report.clauses().stream().anyMatch(c -> c.standing() == Standing.DUTY)
                && report.clauses().stream()
                        .filter(c -> c.standing() == Standing.DUTY)
                        .allMatch(c -> c.verdict().filter(v -> v == Verdict.MET).isPresent());
    }
}
