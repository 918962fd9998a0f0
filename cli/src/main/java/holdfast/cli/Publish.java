package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.retention.Act;
import holdfast.retention.Selected;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
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

/** {@code publish}: proposes that files become public, each as a new object of a public level. */
@Command(
        name = "publish",
        description = {
            "Proposes that files become public: each is made anew under another name, the old one keeps its level.",
            "Two must sign; for seven days after that, and until an embargo is over, one of them or an administrator"
                    + " can stop it (act withdraw).",
        },
        mixinStandardHelpOptions = true)
final class Publish implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private Proposing proposing;

    @Parameters(paramLabel = "DID", arity = "0..1", description = "The file, as scope:name; or --list.")
    private @Nullable String did;

    @Option(
            names = "--to",
            paramLabel = "SCOPE[:NAME]",
            description =
                    "The scope of the new objects, which the plan gives to a public level; the name stays, if none is"
                            + " given.")
    private @Nullable String to;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description =
                    "Files, one in a line: DID, and, behind tabs, the new DID where it is not that of --to, and the"
                            + " SHA-256 where the catalogue knows none.")
    private @Nullable Path list;

    @Option(names = "--not-before", paramLabel = "TIME", description = "The end of an embargo: 2026-12-01T09:00:00Z.")
    private @Nullable String notBefore;

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "Of the bytes that are meant, where the catalogue knows no SHA-256 of the file.")
    private @Nullable String sha256;

    /** What is asked here of the answer of {@code GET /files}. */
    record Known(@Nullable Map<String, String> digests) {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        List<Selected> files = new ArrayList<>();
        if (did != null && list == null) {
            files.add(selected(did, "", sha256 == null ? "" : sha256));
        } else if (did == null && list != null) {
            for (String line : Files.readAllLines(list)) {
                if (!line.isBlank()) {
                    String[] fields = line.split("\t", -1);
                    files.add(selected(
                            fields[0], fields.length > 1 ? fields[1] : "", fields.length > 2 ? fields[2] : ""));
                }
            }
        } else {
            throw wrong("Say which files become public: one DID, or --list FILE.");
        }
        for (Selected file : files) {
            connection.say("%s becomes %s (%s)".formatted(file.from(), file.to(), file.sha256()));
        }
        try {
            return proposing.propose(connection, new Act.Publish(embargo(), files));
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Instant> embargo() {
        try {
            return Optional.ofNullable(notBefore).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw wrong("--not-before is no moment such as 2026-12-01T09:00:00Z: " + notBefore);
        }
    }

    private Selected selected(String text, String target, String stated) {
        try {
            DataId from = DataId.parse(text);
            return new Selected(from, target(from, target), digest(from, stated));
        } catch (IllegalArgumentException e) {
            throw wrong(text + ": " + e.getMessage());
        }
    }

    private DataId target(DataId from, String target) {
        if (!target.isEmpty()) {
            return DataId.parse(target);
        }
        if (to == null) {
            throw wrong("Say what is made of " + from + ": --to SCOPE[:NAME].");
        }
        return to.contains(":") ? DataId.parse(to) : new DataId(new Scope(to), from.name());
    }

    private Digest digest(DataId from, String stated) {
        if (!stated.isEmpty()) {
            return new Digest(Algorithm.SHA256, stated);
        }
        Known known = Json.read(connection.get(Route.of("files").with("did", from.toString())), Known.class);
        String hex = known.digests() == null ? null : known.digests().get(Algorithm.SHA256.label());
        if (hex == null) {
            throw wrong("the catalogue knows no SHA-256 of " + from
                    + ": read the file, look at it, and state the SHA-256 of what you saw (--sha256, or the third"
                    + " column of --list)");
        }
        return new Digest(Algorithm.SHA256, hex);
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }
}
