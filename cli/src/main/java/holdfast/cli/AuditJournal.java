package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit journal}: folds the whole journal again and compares it with the rows and the verdicts. */
@Command(
        name = "journal",
        description = "Folds the journal again and compares it with what the system holds; exit 1 when they differ.",
        mixinStandardHelpOptions = true)
final class AuditJournal implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** The answer of {@code POST /journal/audit}. */
    record Audit(
            long entries,
            boolean agrees,
            @Nullable String stateHash,
            @Nullable String rowsHash,
            @Nullable List<String> differences,
            boolean verdictsAgree) {}

    /** No body is needed. */
    record Nothing() {}

    @Override
    public Integer call() {
        Audit audit = Json.read(connection.post(Route.of("journal", "audit"), new Nothing()), Audit.class);
        connection.say(audit.entries() + " entries folded again");
        connection.say("from the journal  " + audit.stateHash());
        connection.say("from the rows     " + audit.rowsHash());
        connection.say(audit.agrees() ? "The rows are what the journal says." : "The rows DIFFER from the journal.");
        (audit.differences() == null ? List.<String>of() : audit.differences()).forEach(d -> connection.say("  " + d));
        connection.say(
                audit.verdictsAgree() ? "Every verdict taken again is the same." : "Verdicts taken again DIFFER.");
        return audit.agrees() && audit.verdictsAgree() ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }
}
