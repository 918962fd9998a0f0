package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code downtime}: says beforehand that a site will not answer. */
@Command(
        name = "downtime",
        description = "Declares that a site will not answer for a time, and why.",
        mixinStandardHelpOptions = true)
final class DowntimeVerb implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "SITE", description = "The site, as the sites file calls it.")
    private String site;

    @Parameters(
            paramLabel = "FROM",
            converter = TimeText.Moment.class,
            description = "When it begins: now, +2h, 2026-08-03 or 2026-08-03T10:00Z.")
    private Instant from;

    @Parameters(
            paramLabel = "UNTIL",
            converter = TimeText.Moment.class,
            description = "When it ends, in the same forms.")
    private Instant until;

    @Parameters(paramLabel = "REASON", description = "Why, for whoever reads the verdicts.")
    private String reason;

    @Option(names = "--dry-run", description = "Say which elements it is about, declare nothing.")
    private boolean dryRun;

    /** The body of {@code POST /downtimes}. */
    record Declared(String site, String from, String until, String reason) {}

    /** Its answer. */
    record Elements(List<String> elements) {}

    @Override
    public Integer call() {
        Declared declared = new Declared(site, from.toString(), until.toString(), reason);
        Elements answer =
                Json.read(connection.post(Route.of("downtimes").with("dryRun", dryRun), declared), Elements.class);
        connection.say("%s from %s until %s: %s"
                .formatted(
                        dryRun ? "would be declared down" : "declared down",
                        from,
                        until,
                        String.join(", ", answer.elements())));
        return ExitCode.OK;
    }
}
