package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.formats.VerdictReport.ReasonReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code failing}: all files for which a clause is not met, page by page. */
@Command(
        name = "failing",
        description = "Lists the files for which a clause is not met, with the reasons.",
        mixinStandardHelpOptions = true)
final class Failing implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "CLAUSE", description = "The clause, such as P-25.")
    private String clause;

    @Option(names = "--after", paramLabel = "DID", description = "Begin after this file.")
    private @Nullable String after;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Files in one page; ${DEFAULT-VALUE} if not given.")
    private int limit;

    @Option(names = "--all", description = "Go on to the last page; with --json each page is a document of its own.")
    private boolean all;

    /** A page of {@code GET /verdicts/CLAUSE/failing}. */
    record Page(List<File> failing, @Nullable String next) {}

    /** A file that falls short. */
    record File(
            String did,
            String verdict,
            @Nullable String since,
            @Nullable List<ReasonReport> reasons) {}

    @Override
    public Integer call() {
        Page page = page(after);
        while (all && page.next() != null) {
            page = page(page.next());
        }
        if (page.next() != null) {
            connection.say("more: holdfast failing %s --after '%s'".formatted(clause, page.next()));
        }
        return ExitCode.OK;
    }

    private Page page(@Nullable String from) {
        Route route = Route.of("verdicts", clause, "failing").with("limit", limit);
        Page page = Json.read(connection.get(from == null ? route : route.with("after", from)), Page.class);
        if (page.failing().isEmpty() && from == null) {
            connection.say("No file fails " + clause + ".");
        }
        for (File file : page.failing()) {
            connection.say(
                    file.verdict() + "  " + file.did() + (file.since() == null ? "" : "  since " + file.since()));
            connection.reasons("    ", file.reasons());
        }
        return page;
    }
}
