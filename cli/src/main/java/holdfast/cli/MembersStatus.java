package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code members status}: how the source of members stands. */
@Command(
        name = "status",
        description = "Says what the source of members said last, and what is wrong with it.",
        mixinStandardHelpOptions = true)
final class MembersStatus implements Callable<Integer> {
    @Mixin
    private Connection connection;

    /** The answer of {@code GET /members/source}. */
    record State(
            String from,
            String silentAfter,
            @Nullable Instant said,
            @Nullable Instant silentSince,
            @Nullable Word lastWord,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    record Word(Instant said, Instant taken, int members, int joined, int changed, int left, String by) {}

    @Override
    public Integer call() {
        State state = Json.read(connection.get(Route.of("members", "source")), State.class);
        String span = TimeText.span(Duration.parse(state.silentAfter()));
        connection.say(
                switch (state.from()) {
                    case "accounts" -> "Members are the accounts of this house, by its plan; no export is asked.";
                    case "groups" ->
                        "Members are those who come in with its plan's groups; their last word counts for " + span
                                + ".";
                    default -> "Members are told by an export; it counts for " + span + ".";
                });
        if (state.from().equals("groups")) {
            connection.say(
                    state.said() == null
                            ? "None ever came: nobody is a member. Who is in one of the groups logs in at the issuer."
                            : "A member last came in at " + TimeText.minute(state.said()) + ", give or take an hour.");
        }
        Word word = state.lastWord();
        if (word != null) {
            connection.say("The last is of %s: %d members; %d joined, %d changed, %d left by it. %s brought it at %s."
                    .formatted(
                            TimeText.minute(word.said()),
                            word.members(),
                            word.joined(),
                            word.changed(),
                            word.left(),
                            word.by(),
                            TimeText.minute(word.taken())));
        } else if (state.from().equals("export")) {
            connection.say("None ever came: nobody is a member. `holdfast members sync FILE` brings one.");
        }
        if (state.silentSince() != null) {
            connection.say("SILENT since " + TimeText.minute(state.silentSince())
                    + ": levels for members are closed to them, custody goes on.");
        }
        if (state.problem() != null && state.problemSince() != null) {
            connection.say("REFUSED since " + TimeText.minute(state.problemSince()) + ": " + state.problem());
        }
        return state.silentSince() == null && state.problem() == null ? ExitCode.OK : ExitCode.FOUND_WRONG;
    }
}
