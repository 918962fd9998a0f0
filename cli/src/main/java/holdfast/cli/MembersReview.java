package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code members review}: the report for the periodic access review. */
@Command(
        name = "review",
        description = {
            "Says of each account who it is, what it has, and what somebody should look at.",
            "It ends with 1 where something is to be looked at beside the administrators."
        },
        mixinStandardHelpOptions = true)
final class MembersReview implements Callable<Integer> {
    private static final String ADMINISTRATOR = "administrator";

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Option(names = "--csv", description = "Write it as CSV, safe to open in a spreadsheet.")
    private boolean csv;

    /** The answer of {@code GET /members/review}. */
    record Review(Instant at, List<Reviewed> accounts, List<MembersList.Member> withoutAccount) {}

    record Reviewed(
            String account,
            String type,
            String status,
            String standing,
            @Nullable String member,
            @Nullable String institute,
            List<String> roles,
            List<String> groups,
            @Nullable String since,
            @Nullable String until,
            @Nullable Instant lastLogin,
            @Nullable String owner,
            @Nullable String ends,
            long scopes,
            long rules,
            List<String> findings) {
        boolean isToBeLookedAt() {
            return findings.stream().anyMatch(finding -> !finding.startsWith(ADMINISTRATOR));
        }

        List<String> cells() {
            return Stream.of(
                            account,
                            type,
                            status,
                            standing,
                            member,
                            institute,
                            String.join(";", roles),
                            String.join(";", groups),
                            since,
                            until,
                            lastLogin,
                            owner,
                            ends,
                            scopes,
                            rules,
                            String.join("; ", findings))
                    .map(cell -> cell == null ? "" : cell.toString())
                    .toList();
        }
    }

    @Override
    public Integer call() {
        if (csv && connection.json()) {
            throw new ParameterException(spec.commandLine(), "--csv and --json exclude each other; keep one.");
        }
        Review review = Json.read(connection.get(Route.of("members", "review")), Review.class);
        if (csv) {
            connection.say(
                    "account,type,status,standing,member,institute,roles,groups,since,until,last_login,owner,ends,"
                            + "scopes,rules,findings");
            review.accounts().forEach(one -> connection.say(line(one.cells())));
        } else {
            tell(review);
        }
        return review.accounts().stream().anyMatch(Reviewed::isToBeLookedAt) ? ExitCode.FOUND_WRONG : ExitCode.OK;
    }

    /** A value that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell)
                .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    private void tell(Review review) {
        if (connection.json()) {
            return;
        }
        connection.say("Access as of " + TimeText.minute(review.at()));
        TextTable table = new TextTable(
                "ACCOUNT", "TYPE", "STANDS", "MEMBER", "INSTITUTE", "ROLES", "LAST LOGIN", "SCOPES", "RULES");
        for (Reviewed r : review.accounts()) {
            table.row(
                    r.account(),
                    r.type().toLowerCase(java.util.Locale.ROOT),
                    r.standing().toLowerCase(java.util.Locale.ROOT),
                    r.member() == null ? "-" : r.member(),
                    r.institute() == null ? "-" : r.institute(),
                    String.join(";", r.roles()),
                    r.lastLogin() == null ? "-" : TimeText.minute(r.lastLogin()),
                    Long.toString(r.scopes()),
                    Long.toString(r.rules()));
        }
        table.print(connection.out());
        connection.out().flush();
        review.accounts().forEach(r -> r.findings().forEach(f -> connection.say("  " + r.account() + ": " + f)));
        review.withoutAccount().forEach(m -> connection.say("  member " + m.id() + " has no account here"));
    }
}
