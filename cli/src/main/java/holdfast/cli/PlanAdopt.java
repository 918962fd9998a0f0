package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.retention.Act;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan adopt}: the act by which another plan comes into force. */
@Command(
        name = "adopt",
        description = {
            "Puts another plan into force; its digest says that it is the one that was looked at.",
            "With --dry-run the server says which verdicts would flip and what would be copied.",
            "A plan that asks for less is an act that two must sign: give --as and --reason.",
        },
        mixinStandardHelpOptions = true)
final class PlanAdopt implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "NEW", description = "The new plan file.")
    private Path plan;

    @Option(names = "--digest", paramLabel = "D", description = "SHA-256 of NEW, as plan diff and --dry-run print it.")
    private @Nullable String digest;

    @Option(names = "--sites", paramLabel = "FILE", description = "A new sites file; the present one if not given.")
    private @Nullable Path sites;

    @Option(names = "--policy", paramLabel = "FILE", description = "A new policy file; the present one if not given.")
    private @Nullable Path policy;

    @Mixin
    private Proposing proposing;

    /** The body of {@code POST /plan/check} and {@code POST /plan/adopt}. */
    record Texts(
            String plan,
            @Nullable String sites,
            @Nullable String policy,
            @Nullable String digest) {}

    /** A verdict that would be another. */
    record Flip(
            String clause,
            @Nullable String before,
            @Nullable String after) {}

    /** The answer of {@code POST /plan/check}. */
    record Checked(String version, String digest, @Nullable List<Flip> flips, long bytesToOrder, long copiesToOrder) {}

    /** The answer of {@code POST /plan/adopt}. */
    record Adopted(String version, String digest) {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        byte[] bytes = Files.exists(plan) ? Files.readAllBytes(plan) : missing(plan);
        String own = Digest.sha256(bytes).hex();
        if (digest == null && !proposing.dryRun()) {
            throw wrong("Say which plan you looked at with --digest; " + plan + " has " + own + ".");
        }
        if (digest != null && !digest.strip().toLowerCase(Locale.ROOT).equals(own)) {
            throw wrong(plan + " has the digest " + own + ", not " + digest + ": it is another plan than the one"
                    + " looked at.");
        }
        Texts texts = new Texts(text(plan), optional(sites), optional(policy), own);
        if (proposing.dryRun()) {
            check(texts);
            return ExitCode.OK;
        }
        if (proposing.isNamed()) {
            return propose(texts);
        }
        Adopted adopted = Json.read(connection.post(Route.of("plan", "adopt"), texts), Adopted.class);
        connection.say("version " + adopted.version() + " is in force, SHA-256 " + adopted.digest());
        return ExitCode.OK;
    }

    /** What asks for less than the plan in force is an act that two must sign. */
    private int propose(Texts texts) throws IOException, GeneralSecurityException {
        Texts now = Json.read(connection.server().get(Route.of("plan", "texts")), Texts.class);
        PlanAdopted adopted = new PlanAdopted(
                Json.read(connection.server().post(Route.of("plan", "check"), texts), Checked.class)
                        .version(),
                Digest.sha256(texts.plan().getBytes(StandardCharsets.UTF_8)),
                texts.plan(),
                texts.sites() == null ? Objects.requireNonNull(now.sites()) : texts.sites(),
                texts.policy() == null ? Objects.requireNonNull(now.policy()) : texts.policy());
        return proposing.propose(connection, new Act.AdoptPlan(adopted));
    }

    private void check(Texts texts) {
        Checked checked = Json.read(connection.post(Route.of("plan", "check"), texts), Checked.class);
        List<Flip> flips = checked.flips() == null ? List.of() : checked.flips();
        connection.say("version " + checked.version() + ", SHA-256 " + checked.digest());
        connection.say(flips.isEmpty() ? "No verdict would be another." : "Verdicts that would be others:");
        flips.forEach(f -> connection.say("  " + f.clause() + "  " + or(f.before()) + " -> " + or(f.after())));
        connection.say(String.format(
                Locale.ROOT,
                "Copies to order: %,d of %,d bytes in all. Nothing was adopted.",
                checked.copiesToOrder(),
                checked.bytesToOrder()));
        connection.say("to adopt it: holdfast plan adopt " + plan + " --digest " + checked.digest()
                + with("--sites", sites) + with("--policy", policy));
    }

    private static String with(String option, @Nullable Path file) {
        return file == null ? "" : " " + option + " " + file;
    }

    private static String or(@Nullable String verdict) {
        return verdict == null ? "none" : verdict;
    }

    private @Nullable String optional(@Nullable Path file) throws IOException {
        return file == null ? null : text(file);
    }

    private String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            throw wrong(file + " is not there.");
        } catch (CharacterCodingException bad) {
            throw wrong(file + " is not text in UTF-8; save it as UTF-8.");
        }
    }

    private byte[] missing(Path file) {
        throw wrong(file + " is not there.");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
