package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sites}: the storage elements and how they are. */
@Command(name = "sites", description = "Lists the storage elements and how they are.", mixinStandardHelpOptions = true)
final class SitesVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** A storage element of {@code GET /sites}; of its downtimes only the number is shown here. */
    record Element(
            String name,
            String site,
            @Nullable String medium,
            @Nullable String use,
            @Nullable String silentSince,
            @Nullable List<Object> downtimes,
            @Nullable String workingDrives,
            @Nullable Object lastDrill,
            @Nullable String failedDrills,
            @Nullable String suspectSince,
            @Nullable Object listing,
            @Nullable Object scrub) {}

    @Override
    public Integer call() {
        Element[] elements = Json.read(connection.get(Route.of("sites")), Element[].class);
        if (connection.json()) {
            return ExitCode.OK;
        }
        TextTable table = new TextTable(
                "element",
                "site",
                "medium",
                "use",
                "silent since",
                "downtimes",
                "drives",
                "last drill",
                "failed",
                "scrub",
                "suspect since");
        for (Element e : elements) {
            table.row(
                    e.name(),
                    e.site(),
                    word(e.medium()),
                    word(e.use()),
                    word(e.silentSince()),
                    e.downtimes() == null || e.downtimes().isEmpty()
                            ? "-"
                            : Integer.toString(e.downtimes().size()),
                    word(e.workingDrives()),
                    word(e.lastDrill()),
                    word(e.failedDrills()),
                    word(e.scrub()),
                    word(e.suspectSince()));
        }
        table.print(connection.out());
        return ExitCode.OK;
    }

    private static String word(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
