package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.storage.Visitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code probe}: knocks at elements' doors now, as those who must not get in. */
@Command(
        name = "probe",
        description = {
            "Knocks at the door of a storage element, or of all, as somebody without a name and as a non-member.",
            "Nothing is changed there. What was met is recorded, and the clauses on access are judged by it.",
        },
        mixinStandardHelpOptions = true)
final class ProbeVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(arity = "0..1", paramLabel = "ELEMENT", description = "One storage element; all if not given.")
    private @Nullable String element;

    /** The body of {@code POST /probes}. */
    record Asked(@Nullable String element) {}

    /** What was met for the files of one class. */
    record Met(String element, String classId, String at, int paths, List<Trial> trials, List<Open> open) {}

    record Trial(
            Visitor visitor,
            int refused,
            int notKnown,
            @Nullable String why) {}

    record Open(Visitor visitor, String path, String at, String seen) {}

    @Override
    public Integer call() {
        Met[] met = Json.read(connection.post(Route.of("probes"), new Asked(element)), Met[].class);
        if (met.length == 0) {
            connection.say("nobody knocked: no clause asks for it, or another node knocks just now");
            return ExitCode.OK;
        }
        TextTable table = new TextTable("element", "class", "paths", "visitor", "refused", "not known", "let in");
        List<String> words = new ArrayList<>();
        for (Met one : met) {
            one.trials().forEach(trial -> row(table, one, trial));
            one.open()
                    .forEach(open -> words.add("OPEN %s: %s is open to %s: %s"
                            .formatted(
                                    one.element(), open.path(), open.visitor().words(), open.seen())));
            one.trials().stream()
                    .filter(t -> t.why() != null)
                    .map(t -> "not known at %s for %s: %s"
                            .formatted(one.element(), t.visitor().words(), t.why()))
                    .filter(w -> !words.contains(w))
                    .forEach(words::add);
        }
        if (!connection.json()) {
            table.print(connection.out());
        }
        words.forEach(connection::say);
        return Arrays.stream(met).anyMatch(m -> !m.open().isEmpty()) ? ExitCode.FOUND_WRONG : ExitCode.OK;
    }

    private static void row(TextTable table, Met met, Trial trial) {
        long open =
                met.open().stream().filter(o -> o.visitor() == trial.visitor()).count();
        table.row(
                met.element(),
                met.classId(),
                Integer.toString(met.paths()),
                trial.visitor().words(),
                Integer.toString(trial.refused()),
                Integer.toString(trial.notKnown()),
                Long.toString(open));
    }
}
