package holdfast.cli;

import holdfast.cli.ingest.Bringing;
import holdfast.cli.ingest.Found;
import holdfast.cli.ingest.Refused;
import holdfast.cli.ingest.Statements;
import holdfast.cli.ingest.Tally;
import holdfast.cli.ingest.Ticker;
import holdfast.cli.ingest.Tree;
import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.formats.ChecksumManifest;
import holdfast.formats.JobInformation;
import holdfast.formats.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code ingest}: brings the files below a folder to the server; run again, it brings what is not there yet. */
@Command(
        name = "ingest",
        description = {
            "Brings the files below a folder to the server.",
            "What is registered already is read again and compared, and nothing of it is sent. After an interruption,"
                    + " or when files have come, run it again. Symbolic links are counted and never followed.",
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[VERB]",
        subcommands = {ReleaseList.class})
final class IngestVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The folder, or a single file.")
    private @Nullable Path folder;

    @Option(names = "--source", paramLabel = "S", description = "Who brings the files; this host's name if not given.")
    private @Nullable String source;

    @Option(
            names = "--prefix",
            paramLabel = "P",
            defaultValue = "",
            description = "What stands before each path below DIR to make its name; nothing if not given.")
    private String prefix;

    @Option(names = "--scope", paramLabel = "S", description = "The scope, where names do not tell it.")
    private @Nullable String scope;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            description = "A list made by sha256sum, md5sum or xrdadler32: only files it states come in, and only as it"
                    + " states them. May be given several times.")
    private List<Path> manifests = new ArrayList<>();

    @Option(
            names = "--jobs",
            paramLabel = "FILE",
            description =
                    "Job information in JSON: gives names, checksums and attributes; only files it states come in."
                            + " May be given several times.")
    private List<Path> jobs = new ArrayList<>();

    @Option(names = "--dry-run", description = "Ask and compare, send nothing.")
    private boolean dryRun;

    @Option(names = "--progress", description = "Tell how far it is although this is no terminal.")
    private boolean progress;

    @Override
    public Integer call() throws IOException {
        Path root = root();
        connection.server().get(Route.of("status"));
        long begun = System.nanoTime();
        Tree tree = Tree.below(root);
        Statements statements = new Statements(Files.isDirectory(root) ? root : parent(root), tree);
        for (Path manifest : manifests) {
            statements.add(ChecksumManifest.read(text(manifest)), manifest);
        }
        for (Path job : jobs) {
            statements.add(JobInformation.read(text(job)), job);
        }
        Statements.Chosen chosen = statements.choose(tree, prefix);
        Tally tally = new Tally();
        Optional<NoServer> cutOff = bring(chosen, tally);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Summary summary = Summary.of(root, tree, chosen, tally, new Summary.Took(dryRun, seconds));
        show(summary);
        if (cutOff.isPresent()) {
            connection.say(count(
                    chosen.items().size() - tally.files(),
                    "not dealt with; what was accepted stays, the" + " rest comes with the next run"));
            throw cutOff.get();
        }
        return summary.refused().isEmpty() ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }

    /** Brings them; answers how the server went away, when it did, so that what was done can still be told. */
    private Optional<NoServer> bring(Statements.Chosen chosen, Tally tally) {
        Bringing.Order order = new Bringing.Order(
                source == null ? thisHost() : source, Optional.ofNullable(scope), dryRun, Bringing.Pace.BULK);
        Bringing bringing = new Bringing(connection.server(), order, tally);
        boolean terminal = System.console() != null && System.console().isTerminal();
        long bytes = chosen.items().stream().mapToLong(i -> i.file().size()).sum();
        Ticker.Goal goal = new Ticker.Goal(chosen.items().size(), bytes);
        Ticker.Form form = terminal ? Ticker.Form.ONE_LINE : progress ? Ticker.Form.LINES : Ticker.Form.SILENT;
        try (Ticker _ = Ticker.start(connection.err(), tally, goal, form)) {
            bringing.bring(chosen.items());
            return Optional.empty();
        } catch (NoServer gone) {
            return Optional.of(gone);
        }
    }

    private Path root() throws IOException {
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "Missing required parameter: 'DIR'");
        }
        if (!Files.exists(folder)) {
            throw new ParameterException(spec.commandLine(), folder + " is not there.");
        }
        return folder.toRealPath();
    }

    private static Path parent(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(file);
    }

    private String text(Path list) {
        try {
            return Files.readString(list);
        } catch (IOException bad) {
            throw new ParameterException(
                    spec.commandLine(), list + " cannot be read as text in UTF-8: " + bad.getMessage(), bad, null, "");
        }
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /**
     * What became of an ingest.
     *
     * @param registered files that are new
     * @param returned files that were registered and had no good copy left until now
     * @param already files that were there, read again and found the same
     * @param toSend with a dry run: files that would be sent
     * @param leftOut files that no list names, where lists were given
     * @param special pipes, sockets and devices
     */
    record Summary(
            String folder,
            boolean dryRun,
            long files,
            long registered,
            long returned,
            long already,
            long toSend,
            long unreadable,
            List<Refused> refused,
            List<String> leftOut,
            long links,
            List<String> special,
            long bytesRead,
            double seconds,
            double filesPerSecond,
            double megabytesPerSecond) {

        /** How it was run, and how long it took. */
        record Took(boolean dryRun, double seconds) {}

        static Summary of(Path root, Tree tree, Statements.Chosen chosen, Tally tally, Took took) {
            Tally.Counts counts = tally.counts();
            List<Refused> refused = new ArrayList<>(tree.refused());
            refused.addAll(chosen.refused());
            refused.addAll(counts.refused());
            double seconds = Math.max(1e-3, took.seconds);
            return new Summary(
                    root.toString(),
                    took.dryRun,
                    tree.files().size(),
                    counts.registered(),
                    counts.returned(),
                    counts.already(),
                    counts.toSend(),
                    counts.unreadable() + tree.refused().size(),
                    refused,
                    chosen.leftOut(),
                    tree.links(),
                    tree.special(),
                    tally.bytes(),
                    rounded(seconds),
                    rounded(tally.files() / seconds),
                    rounded(tally.bytes() / 1e6 / seconds));
        }

        private static double rounded(double value) {
            return Math.round(value * 100) / 100.0;
        }
    }

    private void show(Summary s) {
        if (connection.json()) {
            connection.out().println(Json.write(s));
            return;
        }
        for (Refused refused : s.refused()) {
            connection.say("refused  " + refused.name());
            for (Found found : refused.findings()) {
                connection.say("         " + found.code() + ": " + found.text());
            }
        }
        s.special().forEach(p -> connection.say("special  " + p + ": no regular file, left where it is"));
        connection.say(
                dryRun
                        ? count(s.toSend(), "would be sent")
                        : count(s.registered() + s.returned(), "accepted")
                                + (s.returned() > 0 ? " (" + s.returned() + " had no good copy left until now)" : ""));
        connection.say(count(s.already(), "already there, read again and the same"));
        connection.say(count(
                s.refused().size(),
                "refused" + (s.unreadable() > 0 ? " (" + s.unreadable() + " of them unreadable)" : "")));
        connection.say(count(s.links(), "symbolic links, not followed"));
        connection.say(count(s.special().size(), "special files"));
        if (!s.leftOut().isEmpty()) {
            connection.say(count(
                    s.leftOut().size(),
                    "left out: no list states them, such as " + s.leftOut().getFirst()));
        }
        connection.say(String.format(
                Locale.ROOT,
                "%.1f s, %,.0f files/s, %,.1f MB/s read",
                s.seconds(),
                s.filesPerSecond(),
                s.megabytesPerSecond()));
    }

    private static String count(long count, String what) {
        return String.format(Locale.ROOT, "%,10d  %s", count, what);
    }
}
