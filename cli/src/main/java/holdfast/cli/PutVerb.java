package holdfast.cli;

import holdfast.cli.ingest.Bringing;
import holdfast.cli.ingest.Found;
import holdfast.cli.ingest.Item;
import holdfast.cli.ingest.Refused;
import holdfast.cli.ingest.Statements;
import holdfast.cli.ingest.Tally;
import holdfast.cli.ingest.Ticker;
import holdfast.cli.ingest.Tree;
import holdfast.cli.wire.DatasetFiles;
import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.formats.Json;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/** {@code put}: one person's files into the keeping of the server. */
@Command(
        name = "put",
        description = {
            "Puts files into the keeping of the server, under names of a scope, and into a dataset if one is given.",
            "A file is accepted whole or refused with the reason, as `holdfast ingest` does it for whole sources. What"
                    + " is registered already with the same bytes is skipped, so that an interrupted run goes on when it"
                    + " is run again; other bytes under a registered name are refused.",
        },
        mixinStandardHelpOptions = true)
final class PutVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files and folders; a folder's files keep their paths below it.")
    private List<Path> sources = new ArrayList<>();

    @Option(
            names = "--into",
            paramLabel = "SCOPE[:PREFIX]",
            required = true,
            description = "The scope, and what stands before each path to make its name.")
    private String into;

    @Option(
            names = "--dataset",
            paramLabel = "DID",
            description = "Put them into this dataset as well; it is made where there is none.")
    private @Nullable String dataset;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "4",
            description = "Portions that are sent at a time; ${DEFAULT-VALUE} if not given.")
    private int parallel;

    @Option(names = "--progress", description = "Tell how far it is although this is no terminal.")
    private boolean progress;

    @Override
    public Integer call() throws IOException {
        if (parallel < 1 || parallel > 64) {
            throw new ParameterException(spec.commandLine(), "--parallel is a number from 1 to 64.");
        }
        Optional<DataId> target = Optional.ofNullable(dataset).map(this::id);
        String scope = scope();
        List<Refused> refused = new ArrayList<>();
        List<Item> items = items(refused);
        List<Tally.Became> became = Collections.synchronizedList(new ArrayList<>());
        Tally tally = new Tally(became::add);
        Optional<NoServer> cutOff = bring(items, new Bringing.Order(user(), Optional.of(scope), false, pace()), tally);
        refused.addAll(tally.counts().refused());
        Optional<Attached> attached = target.filter(_ -> cutOff.isEmpty()).map(t -> attach(t, became));
        Summary summary = Summary.of(became, refused, attached, tally.bytes());
        show(summary);
        if (cutOff.isPresent()) {
            connection.say(items.size() - tally.files()
                    + " not dealt with; run it again, what was accepted stays and is skipped");
            throw cutOff.get();
        }
        boolean wrong =
                !refused.isEmpty() || attached.map(a -> a.problem() != null).orElse(false);
        return wrong ? ExitCode.FOUND_WRONG : ExitCode.OK;
    }

    private Bringing.Pace pace() {
        return Bringing.Pace.parallel(parallel);
    }

    private String scope() {
        String scope = into.indexOf(':') < 0 ? into : into.substring(0, into.indexOf(':'));
        try {
            return new Scope(scope).name();
        } catch (IllegalArgumentException bad) {
            throw new ParameterException(spec.commandLine(), "--into: " + bad.getMessage(), bad, null, "");
        }
    }

    private String prefix() {
        return into.indexOf(':') < 0 ? "" : into.substring(into.indexOf(':') + 1);
    }

    private DataId id(String text) {
        try {
            return DataId.parse(text);
        } catch (IllegalArgumentException bad) {
            throw new ParameterException(spec.commandLine(), "--dataset: " + bad.getMessage(), bad, null, "");
        }
    }

    private static String user() {
        return System.getProperty("user.name", "somebody");
    }

    /** All files with their names; what cannot be read, and names that two of them would have, are refused. */
    private List<Item> items(List<Refused> refused) throws IOException {
        List<Item> items = new ArrayList<>();
        Map<String, Item> byName = new HashMap<>();
        for (Path source : sources) {
            if (!Files.exists(source)) {
                throw new ParameterException(spec.commandLine(), source + " is not there.");
            }
            Path root = source.toRealPath();
            Tree tree = Tree.below(root);
            Path folder = Files.isDirectory(root)
                    ? root
                    : Optional.ofNullable(root.getParent()).orElse(root);
            Statements.Chosen chosen = new Statements(folder, tree).choose(tree, prefix());
            refused.addAll(tree.refused());
            refused.addAll(chosen.refused());
            tree.special().forEach(s -> connection.say("special  " + s + ": no regular file, left where it is"));
            if (tree.links() > 0) {
                connection.say("links    %d symbolic links below %s, not followed".formatted(tree.links(), source));
            }
            for (Item item : chosen.items()) {
                Item same = byName.putIfAbsent(item.name(), item);
                if (same == null) {
                    items.add(item);
                } else if (!same.file().path().equals(item.file().path())) {
                    refused.add(new Refused(
                            item.name(),
                            item.file().path().toString(),
                            List.of(new Found("NAME_REFUSED", same.file().path() + " would have this name too"))));
                }
            }
        }
        return items;
    }

    /** Brings them; answers how the server went away, when it did, so that what was done can still be told. */
    private Optional<NoServer> bring(List<Item> items, Bringing.Order order, Tally tally) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        long bytes = items.stream().mapToLong(i -> i.file().size()).sum();
        Ticker.Form form = terminal ? Ticker.Form.ONE_LINE : progress ? Ticker.Form.LINES : Ticker.Form.SILENT;
        try (Ticker _ = Ticker.start(connection.err(), tally, new Ticker.Goal(items.size(), bytes), form)) {
            new Bringing(connection.server(), order, tally).bring(items);
            return Optional.empty();
        } catch (NoServer gone) {
            return Optional.of(gone);
        }
    }

    private Attached attach(DataId target, List<Tally.Became> became) {
        List<DataId> ids = became.stream()
                .flatMap(b -> b.did().stream())
                .map(DataId::parse)
                .sorted()
                .toList();
        if (ids.isEmpty()) {
            return new Attached(target.toString(), 0, false, null);
        }
        try {
            boolean made = DatasetFiles.attach(connection.server().catalogue(), target, ids);
            return new Attached(target.toString(), ids.size(), made, null);
        } catch (ServerSaysNo no) {
            return new Attached(target.toString(), 0, false, String.valueOf(no.getMessage()));
        }
    }

    /** What became of the dataset. @param problem why the files are not in it; null where they are */
    record Attached(
            String dataset,
            int files,
            boolean made,
            @Nullable String problem) {}

    /** A file that is there now. */
    record Put(String file, @Nullable String did, Tally.Outcome outcome, long bytes) {
        static Put of(Tally.Became became) {
            return new Put(
                    became.item().file().path().toString(),
                    became.did().orElse(null),
                    became.outcome(),
                    became.item().file().size());
        }
    }

    /** What became of all of them. */
    record Summary(
            List<Put> files,
            List<Refused> refused,
            @Nullable Attached attached,
            long bytesRead) {
        static Summary of(
                List<Tally.Became> became, List<Refused> refused, Optional<Attached> attached, long bytesRead) {
            List<Put> files = became.stream()
                    .map(Put::of)
                    .sorted(Comparator.comparing(Put::file))
                    .toList();
            return new Summary(files, refused, attached.orElse(null), bytesRead);
        }

        long count(Tally.Outcome outcome) {
            return files.stream().filter(f -> f.outcome() == outcome).count();
        }
    }

    private void show(Summary s) {
        if (connection.json()) {
            connection.out().println(Json.write(s));
            return;
        }
        for (Put put : s.files()) {
            String word = switch (put.outcome()) {
                case REGISTERED -> "put      ";
                case RETURNED -> "returned ";
                case ALREADY -> "already  ";
            };
            connection.say(word + put.file() + "  as " + put.did());
        }
        for (Refused refused : s.refused()) {
            connection.say("refused  " + refused.path() + "  as " + refused.name());
            for (Found found : refused.findings()) {
                connection.say("         " + found.code() + ": " + found.text());
            }
        }
        if (s.attached() != null) {
            connection.say(line(s.attached()));
        }
        connection.say(String.format(
                Locale.ROOT,
                "%,d put, %,d there already with the same bytes, %,d refused",
                s.count(Tally.Outcome.REGISTERED) + s.count(Tally.Outcome.RETURNED),
                s.count(Tally.Outcome.ALREADY),
                s.refused().size()));
    }

    private static String line(Attached attached) {
        return attached.problem() != null
                ? "dataset  %s took none of them: %s".formatted(attached.dataset(), attached.problem())
                : "dataset  %s holds %d of them%s"
                        .formatted(attached.dataset(), attached.files(), attached.made() ? "; it was made" : "");
    }
}
