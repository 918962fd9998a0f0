package holdfast.cli;

import holdfast.formats.Json;
import holdfast.ingest.NamingPolicy;
import holdfast.plan.Change;
import holdfast.plan.Change.Direction;
import holdfast.plan.Plan;
import holdfast.plan.PlanDiff;
import holdfast.plan.Sites;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan diff}: what differs between two plans and the files beside them, as far as files tell. */
@Command(
        name = "diff",
        description = "Says what a new plan loosens, tightens, adds and removes, by what it asks and not by its text.",
        mixinStandardHelpOptions = true)
final class PlanCompare implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NEW", description = "The new plan file.")
    private Path plan;

    @Option(names = "--old", required = true, paramLabel = "FILE", description = "The plan file it is compared with.")
    private Path old;

    @Option(names = "--sites", paramLabel = "FILE", description = "Sites of NEW; NEW-sites beside it if not given.")
    private @Nullable Path sites;

    @Option(names = "--old-sites", paramLabel = "FILE", description = "Sites of the old plan; beside it if not given.")
    private @Nullable Path oldSites;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    /** A plan file of the comparison. */
    record Side(String file, String version, String digest) {
        static Side of(PlanSet set, Plan plan) {
            return new Side(set.plan().toString(), plan.version(), plan.digest().hex());
        }
    }

    /** The whole answer. */
    record Report(Side now, Side before, boolean loosens, List<Change> changes) {}

    @Override
    public Integer call() {
        PlanSet now = PlanSet.of(plan, Optional.ofNullable(sites), Optional.empty());
        PlanSet before = PlanSet.of(old, Optional.ofNullable(oldSites), Optional.empty());
        Sites sitesNow = now.readSites().orThrow();
        Sites sitesBefore = before.readSites().orThrow();
        Plan planNow = now.readPlan(sitesNow).orThrow();
        Plan planBefore = before.readPlan(sitesBefore).orThrow();
        List<Change> changes = new ArrayList<>(PlanDiff.between(planBefore, planNow));
        changes.addAll(PlanDiff.between(sitesBefore, sitesNow));
        policies(before, now).ifPresent(changes::add);
        boolean loosens = changes.stream().anyMatch(c -> c.direction().loosens());
        say(new Report(Side.of(now, planNow), Side.of(before, planBefore), loosens, changes));
        return ExitCode.OK;
    }

    private static Optional<Change> policies(PlanSet before, PlanSet now) {
        Optional<NamingPolicy> was = before.readPolicy().map(r -> r.orThrow());
        Optional<NamingPolicy> is = now.readPolicy().map(r -> r.orThrow());
        return was.map(NamingPolicy::digest).equals(is.map(NamingPolicy::digest))
                ? Optional.empty()
                : Optional.of(new Change(
                        Direction.CHANGED, "policy", "is another file: names may be accepted or scoped otherwise"));
    }

    private void say(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(report));
            return;
        }
        Side now = report.now();
        out.println("new     " + now.file() + ", version " + now.version());
        out.println("before  " + report.before().file() + ", version "
                + report.before().version());
        for (Direction direction : Direction.values()) {
            List<Change> of = report.changes().stream()
                    .filter(c -> c.direction() == direction)
                    .toList();
            if (!of.isEmpty()) {
                out.println();
                out.println(direction.name().toLowerCase(Locale.ROOT));
                of.forEach(c -> out.println("  " + c.subject() + ": " + c.says()));
            }
        }
        if (report.changes().isEmpty()) {
            out.println("They ask the same.");
        }
        out.println();
        out.println("Which files this moves, frees or orders, only a server can tell.");
        out.println("digest of the new plan: " + now.digest());
        out.println("to adopt it: holdfast plan adopt " + now.file() + " --digest " + now.digest());
    }
}
