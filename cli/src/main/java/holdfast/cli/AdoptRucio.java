package holdfast.cli;

import holdfast.cli.adopt.Adopting;
import holdfast.cli.adopt.Conflict;
import holdfast.cli.adopt.Conflicts;
import holdfast.cli.adopt.Progress;
import holdfast.cli.adopt.Source;
import holdfast.cli.adopt.Tally;
import holdfast.cli.adopt.Tally.Count;
import holdfast.cli.adopt.Tally.Counts;
import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code adopt rucio}: takes over files, copies, collections, rules and locks; run again, it takes over what is new. */
@Command(
        name = "rucio",
        description = {
            "Takes over what an existing Rucio knows: scopes, accounts, storage elements, files with their copies,",
            "collections, rules and locks. It is only read; nothing is written there. The scopes are observed here:"
                    + " nothing is",
            "ordered or deleted in them. After an interruption, or when files have come, run it again.",
        },
        mixinStandardHelpOptions = true)
final class AdoptRucio implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Mixin
    private Foreign foreign;

    @Option(
            names = "--observe",
            required = true,
            paramLabel = "URL|DUMP",
            description = "The Rucio server's address, or a folder with a dump of its tables.")
    private String place;

    @Option(
            names = "--scope",
            paramLabel = "S",
            description = "Only this scope; may be given several times. All if not given.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--dry-run", description = "Read and count, send nothing.")
    private boolean dryRun;

    @Option(
            names = "--conflicts",
            paramLabel = "FILE",
            description = "Write what is not taken over, and why, here as lines of JSON; it is replaced.")
    private @Nullable Path conflictsFile;

    /**
     * The answer.
     *
     * @param whole whether it came to its end
     * @param registered everything that is new here
     * @param conflictsBy how many conflicts of which kind
     */
    record Summary(
            String source,
            boolean dryRun,
            boolean whole,
            List<String> scopes,
            long registered,
            Counts counts,
            long conflicts,
            SortedMap<String, Long> conflictsBy,
            double seconds,
            double filesPerSecond) {}

    @Override
    public Integer call() throws IOException {
        connection.server().get(Route.of("status"));
        long begun = System.nanoTime();
        Tally tally = new Tally();
        try (Source source = foreign.open(place);
                Conflicts conflicts = Conflicts.into(Optional.ofNullable(conflictsFile))) {
            Optional<Set<String>> taken = Optional.empty();
            try {
                taken = Optional.of(adopt(source, conflicts, tally));
            } finally {
                show(summary(source, taken, tally, conflicts, begun), conflicts);
            }
            return conflicts.number() == 0 ? ExitCode.OK : ExitCode.FOUND_WRONG;
        }
    }

    private Set<String> adopt(Source source, Conflicts conflicts, Tally tally) throws IOException {
        try (Progress progress = Progress.start(connection.err(), foreign.form())) {
            Adopting.Order order = new Adopting.Order(new HashSet<>(scopes), dryRun, conflicts, progress);
            return new Adopting(connection.server(), source, order, tally).run();
        }
    }

    private Summary summary(Source source, Optional<Set<String>> taken, Tally tally, Conflicts conflicts, long begun) {
        double seconds = Math.max(1e-3, (System.nanoTime() - begun) / 1e9);
        Counts counts = tally.counts();
        return new Summary(
                source.name(),
                dryRun,
                taken.isPresent(),
                taken.orElse(Set.of()).stream().sorted().toList(),
                counts.registered(),
                counts,
                conflicts.number(),
                conflicts.counts(),
                Math.round(seconds * 100) / 100.0,
                Math.round(counts.files().read() / seconds));
    }

    private void show(Summary s, Conflicts conflicts) {
        if (connection.json()) {
            connection.out().println(Json.write(s));
            return;
        }
        connection.say(s.whole() ? s.source() + ": " + s.scopes().size() + " scopes" : s.source() + ": broken off");
        line("files", s.counts().files());
        line("copies", s.counts().copies());
        if (s.counts().copiesLeft() > 0) {
            connection.say(String.format(
                    Locale.ROOT,
                    "%,12d copies left: under way there, going, or of a state that says no bytes stand",
                    s.counts().copiesLeft()));
        }
        line("collections", s.counts().collections());
        line("contents", s.counts().contents());
        line("rules", s.counts().rules());
        line("locks", s.counts().locks());
        conflicts(s, conflicts.first());
        connection.say(String.format(
                Locale.ROOT,
                "%.1f s, %,.0f files/s%s",
                s.seconds(),
                s.filesPerSecond(),
                dryRun ? ", nothing sent" : ""));
        if (!s.whole()) {
            connection.say("What was taken over stays; run this again, and the rest comes.");
        }
    }

    private void line(String what, Count count) {
        connection.say(String.format(
                Locale.ROOT,
                "%,12d %-12s %,12d registered, %,12d known",
                count.read(),
                what,
                count.registered(),
                count.known()));
    }

    private void conflicts(Summary s, List<Conflict> first) {
        s.conflictsBy()
                .forEach((what, number) ->
                        connection.say(String.format(Locale.ROOT, "%,12d conflicts: %s", number, what)));
        if (conflictsFile != null) {
            connection.say("Every conflict stands in " + conflictsFile + ".");
        } else if (!first.isEmpty()) {
            first.forEach(c -> connection.say("  " + c.of() + " " + c.scope() + ":" + c.name() + ": " + c.what()
                    + (c.here() == null ? "" : ", here " + c.here())
                    + (c.there() == null ? "" : ", there " + c.there())));
            connection.say("Name a file with --conflicts to have every conflict written.");
        }
    }
}
