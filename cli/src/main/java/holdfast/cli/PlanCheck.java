package holdfast.cli;

import holdfast.formats.Finding;
import holdfast.formats.Json;
import holdfast.formats.Result;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan check}: all that is wrong with a plan and the files beside it, each with its place and remedy. */
@Command(
        name = "check",
        description = "Says all that is wrong with a plan, its sites and its policy; exit 1 when there is anything.",
        mixinStandardHelpOptions = true)
final class PlanCheck implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The plan file.")
    private Path plan;

    @Option(names = "--sites", paramLabel = "FILE", description = "Its sites file; FILE-sites beside it if not given.")
    private @Nullable Path sites;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Its policy file; FILE-policy beside it if not given.")
    private @Nullable Path policy;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    private final List<Found> found = new ArrayList<>();

    /** What a file is, once read. */
    record Checked(String file, Optional<String> digest) {}

    /** A finding with its file. */
    record Found(String file, int line, int column, String what, String hint) {
        String say() {
            return new Finding(line, column, what, hint).say(file);
        }
    }

    /** The whole answer. */
    record Report(boolean right, List<Checked> files, List<Found> findings, List<String> remarks) {}

    @Override
    public Integer call() {
        PlanSet set = PlanSet.of(plan, Optional.ofNullable(sites), Optional.ofNullable(policy));
        List<Checked> files = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Optional<Sites> read = keep(set.readSites());
        files.add(new Checked(set.sites().toString(), read.map(s -> s.digest().hex())));
        if (read.isPresent()) {
            Optional<Plan> checked = keep(set.readPlan(read.get()));
            files.addFirst(new Checked(
                    set.plan().toString(), checked.map(p -> p.digest().hex())));
        } else {
            remarks.add(set.plan() + " was not checked: its sites file has to be right first");
        }
        set.readPolicy()
                .ifPresentOrElse(
                        p -> files.add(new Checked(
                                set.policy().toString(),
                                keep(p).map(x -> x.digest().hex()))),
                        () -> remarks.add("no policy file was checked: " + set.policy() + " is not there"));
        say(new Report(found.isEmpty(), files, found, remarks));
        return found.isEmpty() ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    private <T> Optional<T> keep(Result<T> result) {
        return switch (result) {
            case Result.Read<T>(T value) -> Optional.of(value);
            case Result.Refused<T>(String file, List<Finding> findings) -> {
                findings.forEach(f -> found.add(new Found(file, f.line(), f.column(), f.what(), f.hint())));
                yield Optional.empty();
            }
        };
    }

    private void say(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(report));
            return;
        }
        report.findings().forEach(f -> out.println(f.say()));
        report.remarks().forEach(out::println);
        if (report.right()) {
            report.files()
                    .forEach(f -> out.println(
                            f.file() + ": right, SHA-256 " + f.digest().orElse("not known")));
        } else {
            int n = report.findings().size();
            out.println(n + (n == 1 ? " finding" : " findings"));
        }
    }
}
