package holdfast.cli;

import holdfast.cli.fetch.Elements;
import holdfast.cli.fetch.FetchOrder;
import holdfast.cli.fetch.FetchRun;
import holdfast.cli.fetch.FetchTally;
import holdfast.cli.fetch.Fetched;
import holdfast.cli.fetch.Fetched.Outcome;
import holdfast.cli.fetch.Targets;
import holdfast.cli.ingest.Ticker;
import holdfast.cli.wire.DatasetFiles;
import holdfast.cli.wire.DatasetFiles.Member;
import holdfast.cli.wire.NoServer;
import holdfast.formats.Json;
import holdfast.vocabulary.DataId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code get}: brings files here, from the best of their copies, checked. */
@Command(
        name = "get",
        description = {
            "Brings files here, each from the best of its copies, and from the next one where that fails or gives other"
                    + " bytes.",
            "Copies that this machine reaches are read directly, all others through the server. A file has its name"
                    + " only once its digest was found right; until then it is NAME.part, and run again, this goes on"
                    + " where it was cut off. What is there already is read again and compared.",
        },
        mixinStandardHelpOptions = true)
final class GetVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(arity = "0..*", paramLabel = "DID", description = "Files, as scope:name.")
    private List<String> dids = new ArrayList<>();

    @Option(
            names = "--dataset",
            paramLabel = "DID",
            description = "All files of this dataset or container. May be given several times.")
    private List<String> datasets = new ArrayList<>();

    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where they go; here if not given.")
    private Path folder;

    @Option(
            names = "--tree",
            description = "Keep the folders of the whole name; if not given, a file has the last part of its name.")
    private boolean tree;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Files at a time; ${DEFAULT-VALUE} if not given.")
    private int parallel;

    @Option(names = "--source", paramLabel = "ELEMENT", description = "Only copies at this element.")
    private @Nullable String source;

    @Option(names = "--server-only", description = "Through the server, also where this machine reaches a copy.")
    private boolean serverOnly;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Your own token for elements that are reached over https; it is shown to them only.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Certificates (PEM) of the authorities to believe at elements; those of this Java if not given.")
    private @Nullable Path authorities;

    @Option(names = "--overwrite", description = "Replace files of other bytes that have the same name here.")
    private boolean overwrite;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "How long to wait for a file that is on tape only; not at all if not given: it is asked for, and"
                            + " comes with a later run.")
    private long wait;

    @Option(names = "--progress", description = "Tell how far it is although this is no terminal.")
    private boolean progress;

    @Override
    public Integer call() {
        check();
        long begun = System.nanoTime();
        List<DataId> ids = new ArrayList<>();
        long known = 0;
        for (String did : dids) {
            ids.add(id(did));
        }
        for (String dataset : datasets) {
            for (Member member : DatasetFiles.of(connection.server().catalogue(), id(dataset))) {
                ids.add(member.id());
                known += member.bytes();
            }
        }
        Targets.Chosen chosen = Targets.below(folder, tree, ids);
        List<Fetched> results = new ArrayList<>();
        chosen.refused().forEach(one -> tell(one, results));
        Optional<NoServer> cutOff = fetch(chosen, known, results);
        Summary summary = Summary.of(results, (System.nanoTime() - begun) / 1e9);
        show(summary);
        if (cutOff.isPresent()) {
            throw cutOff.get();
        }
        return results.stream().allMatch(r -> r.outcome().isGood()) ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    private void check() {
        if (dids.isEmpty() && datasets.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name files as scope:name, or a dataset with --dataset.");
        }
        if (parallel < 1 || parallel > 64) {
            throw new ParameterException(spec.commandLine(), "--parallel is a number from 1 to 64.");
        }
    }

    private DataId id(String text) {
        try {
            return DataId.parse(text);
        } catch (IllegalArgumentException bad) {
            throw new ParameterException(spec.commandLine(), String.valueOf(bad.getMessage()), bad, null, "");
        }
    }

    /** Brings them; answers how the server went away, when it did, so that what was done can still be told. */
    private Optional<NoServer> fetch(Targets.Chosen chosen, long known, List<Fetched> results) {
        Elements elements =
                new Elements(Optional.ofNullable(tokenFile), Optional.ofNullable(authorities), FetchOrder.STALLED);
        FetchOrder order = new FetchOrder(
                new FetchOrder.Choice(Optional.ofNullable(source), !serverOnly),
                overwrite,
                Duration.ofSeconds(wait),
                FetchOrder.STALLED);
        FetchTally tally = new FetchTally();
        boolean terminal = System.console() != null && System.console().isTerminal();
        Ticker.Form form = terminal ? Ticker.Form.ONE_LINE : progress ? Ticker.Form.LINES : Ticker.Form.SILENT;
        Ticker.Goal goal = new Ticker.Goal(chosen.wanted().size(), datasets.isEmpty() || !dids.isEmpty() ? 0 : known);
        try (Ticker _ = Ticker.start(connection.err(), tally, goal, form)) {
            new FetchRun(connection.server(), elements, order, tally, parallel)
                    .fetch(chosen.wanted(), one -> tell(one, results));
            return Optional.empty();
        } catch (NoServer gone) {
            return Optional.of(gone);
        }
    }

    private void tell(Fetched one, List<Fetched> results) {
        results.add(one);
        switch (one.outcome()) {
            case FETCHED -> connection.say("fetched  " + one.did() + "  to " + one.file() + "  (" + how(one) + ")");
            case ALREADY ->
                connection.say("already  %s  at %s  (%s right)".formatted(one.did(), one.file(), one.verified()));
            case ON_TAPE -> connection.say("on tape  " + one.did() + "  " + one.problem());
            case REFUSED -> connection.say("refused  " + one.did() + "  to " + one.file() + ": " + one.problem());
            case FAILED -> connection.say("failed   " + one.did() + "  " + one.problem());
        }
        one.tried()
                .forEach(t -> connection.say(
                        "         %s (by %s) did not do: %s".formatted(t.source(), t.via(), t.problem())));
    }

    private static String how(Fetched one) {
        String weak = "adler32".equals(one.verified()) ? ", the only digest known, and a weak one" : "";
        String resumed = one.resumed() == 0 ? "" : String.format(Locale.ROOT, ", %,d of them before", one.resumed());
        return String.format(
                Locale.ROOT,
                "%,d bytes%s from %s by %s, %s right%s",
                one.bytes(),
                resumed,
                one.source(),
                one.via(),
                one.verified(),
                weak);
    }

    /** What became of all files. */
    record Summary(
            List<Fetched> files,
            long fetched,
            long already,
            long onTape,
            long refused,
            long failed,
            long bytes,
            double seconds,
            double megabytesPerSecond) {

        static Summary of(List<Fetched> files, double took) {
            double seconds = Math.max(1e-3, took);
            long bytes = files.stream()
                    .filter(f -> f.outcome() == Outcome.FETCHED)
                    .mapToLong(f -> f.bytes() - f.resumed())
                    .sum();
            return new Summary(
                    files,
                    count(files, Outcome.FETCHED),
                    count(files, Outcome.ALREADY),
                    count(files, Outcome.ON_TAPE),
                    count(files, Outcome.REFUSED),
                    count(files, Outcome.FAILED),
                    bytes,
                    Math.round(seconds * 100) / 100.0,
                    Math.round(bytes / 1e4 / seconds) / 100.0);
        }

        private static long count(List<Fetched> files, Outcome outcome) {
            return files.stream().filter(f -> f.outcome() == outcome).count();
        }
    }

    private void show(Summary s) {
        if (connection.json()) {
            connection.out().println(Json.write(s));
            return;
        }
        connection.say(String.format(
                Locale.ROOT,
                "%,d fetched, %,d there already, %,d on tape, %,d refused, %,d failed; %,d bytes in %.1f s, %,.1f MB/s",
                s.fetched(),
                s.already(),
                s.onTape(),
                s.refused(),
                s.failed(),
                s.bytes(),
                s.seconds(),
                s.megabytesPerSecond()));
    }
}
