package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code damage}: what inspections found wrong, whether it was repaired since or not. */
@Command(
        name = "damage",
        description = {
            "Lists every copy that an inspection found wrong, as the journal tells it, repaired since or not.",
            "A copy is SUSPECT after one bad read; a second one confirms it as CORRUPT or UNREADABLE. With --json"
                    + " each page is a document of its own."
        },
        mixinStandardHelpOptions = true)
final class Damage implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--from",
            paramLabel = "ENTRY",
            defaultValue = "0",
            description = "Begin at this entry of the journal; ${DEFAULT-VALUE} if not given.")
    private long from;

    @Option(names = "--confirmed", description = "Leave out first bad reads, which a second one must confirm.")
    private boolean confirmed;

    /** A page of {@code GET /damage}. */
    record Page(List<Found> damage, @Nullable Long next) {}

    /** One bad read. */
    record Found(
            long entry,
            String at,
            String did,
            String storage,
            String outcome,
            String state,
            @Nullable String finding) {}

    @Override
    public Integer call() {
        @Nullable Long next = from;
        long told = 0;
        while (next != null) {
            Page page = Json.read(connection.get(Route.of("damage").with("from", next)), Page.class);
            told += page.damage().stream().filter(this::isTold).peek(this::tell).count();
            next = page.next();
        }
        if (told == 0) {
            connection.say("No inspection found anything wrong.");
        }
        return ExitCode.OK;
    }

    private boolean isTold(Found found) {
        return !confirmed || !found.state().equals("SUSPECT");
    }

    private void tell(Found found) {
        connection.say("%s  %s  %s  %s  entry %d, %s"
                .formatted(
                        found.state(),
                        found.did(),
                        found.storage(),
                        found.finding() == null ? found.outcome() : found.finding(),
                        found.entry(),
                        found.at()));
    }
}
