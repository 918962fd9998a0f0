package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code adopt status}: the scopes that are observed, and how much of them was proved. */
@Command(
        name = "status",
        description =
                "Lists the scopes that are observed, with the copies that are still claimed and those that were read.",
        mixinStandardHelpOptions = true)
final class AdoptStatus implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** The answer of {@code GET /holdfast/v1/adoption/scopes}. */
    record Scopes(List<OfScope> scopes) {}

    record OfScope(
            String name,
            String mode,
            @Nullable String source,
            @Nullable Instant since,
            long files,
            long bytes,
            @Nullable Copies copies,
            @Nullable OfAct act) {}

    record Copies(long all, long claimed, long proved, long other) {}

    record OfAct(String id, String state, @Nullable List<String> signers) {}

    @Override
    public Integer call() {
        Scopes told = Json.read(connection.get(Route.adoption("scopes")), Scopes.class);
        if (told.scopes().isEmpty()) {
            connection.say("No scope is observed; `holdfast adopt rucio --observe URL|DUMP` begins it.");
        }
        told.scopes().forEach(this::say);
        return ExitCode.OK;
    }

    private void say(OfScope s) {
        Copies copies = s.copies() == null ? new Copies(0, 0, 0, 0) : s.copies();
        double share = copies.all() == 0 ? 0 : 100.0 * copies.proved() / copies.all();
        connection.say(String.format(
                Locale.ROOT,
                "%-10s %-25s %,12d files, %,d bytes; %,d copies: %,d claimed, %,d proved (%.1f %%), %,d other",
                s.mode(),
                s.name(),
                s.files(),
                s.bytes(),
                copies.all(),
                copies.claimed(),
                copies.proved(),
                share,
                copies.other()));
        if (s.source() != null) {
            connection.say("           from " + s.source() + (s.since() == null ? "" : ", since " + s.since()));
        }
        if (s.act() != null) {
            List<String> signers =
                    s.act().signers() == null ? List.of() : s.act().signers();
            connection.say("           act " + s.act().id() + " " + s.act().state() + ", signed by "
                    + (signers.isEmpty() ? "nobody" : String.join(" and ", signers)));
        }
    }
}
