package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code members list}: who is a member, or was one at a moment. */
@Command(
        name = "list",
        description = "Lists whom the source of members names, and who left.",
        mixinStandardHelpOptions = true)
final class MembersList implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeText.Moment.class,
            description = "As it was then, from the journal: 2026-08-03 or 2026-08-03T10:00Z; now if not given.")
    private @Nullable Instant at;

    /** A member of {@code GET /members}. */
    record Member(
            String id,
            @Nullable String account,
            @Nullable String institute,
            @Nullable String since,
            @Nullable String until,
            @Nullable Instant left,
            boolean active,
            List<String> roles,
            List<String> groups) {}

    @Override
    public Integer call() {
        Route route = Route.of("members");
        Member[] members =
                Json.read(connection.get(at == null ? route : route.with("at", at.toString())), Member[].class);
        if (connection.json()) {
            return ExitCode.OK;
        }
        if (members.length == 0) {
            connection.say("The source of members had named nobody.");
            return ExitCode.OK;
        }
        TextTable table = new TextTable("ID", "ACCOUNT", "INSTITUTE", "SINCE", "UNTIL", "STANDS", "ROLES", "GROUPS");
        for (Member m : members) {
            table.row(
                    m.id(),
                    or(m.account()),
                    or(m.institute()),
                    or(m.since()),
                    or(m.until()),
                    m.left() != null ? "left " + TimeText.minute(m.left()) : m.active() ? "member" : "not on this day",
                    String.join(";", m.roles()),
                    String.join(";", m.groups()));
        }
        table.print(connection.out());
        connection.out().flush();
        return ExitCode.OK;
    }

    private static String or(@Nullable String text) {
        return text == null ? "-" : text;
    }
}
