package holdfast.server.api.rucio.rses;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.AccountUsage.Used;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.RseUsage;
import holdfast.server.catalog.RseUsage.Usage;
import holdfast.server.catalog.Rses;
import holdfast.vocabulary.AccountName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/** How full elements are. */
public final class UsageSubject implements Subject {
    private static final String DERIVED = "the source rucio is added up from the catalogue's rows and always there";

    private final Rses rses;
    private final RseUsage usage;
    private final Shares shares;
    private final Permissions permissions;

    /** What accounts' rules lock at an element. */
    public interface Shares {
        SortedMap<AccountName, Used> at(Rse rse);

        /** Bytes that an account's rules may lock there; empty where it has no limit. */
        Optional<Long> limit(AccountName account, Rse rse);
    }

    public UsageSubject(Rses rses, RseUsage usage, Shares shares, Permissions permissions) {
        this.rses = rses;
        this.usage = usage;
        this.shares = shares;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET /rses/{rse}/usage", DERIVED, this::usage)
                .differs(
                        "PUT /rses/{rse}/usage",
                        DERIVED + "; nobody can state it: 409 UnsupportedOperation",
                        this::state)
                .differs(
                        "GET /rses/{rse}/accounts/usage",
                        "accounts whose rules lock something there; sums are of now",
                        this::accounts)
                .differs(
                        "GET /rses/{rse}/usage/history",
                        "the latest 100 statements of each source; the source rucio as it is now",
                        this::history);
    }

    private Rse rse(RucioCall call) {
        return rses.find(call.path("rse"));
    }

    private Answer usage(RucioCall call) {
        Rse rse = rse(call);
        List<Usage> found = asked(call, usage.of(rse));
        boolean perAccount = call.query().flag("per_account", false);
        return Answer.lines(found, (out, row) -> {
            begin(out, rse, row)
                    .put("used", row.used())
                    .put("free", row.free())
                    .put("total", row.total())
                    .put("files", row.files());
            if (perAccount && row.source().equals(RseUsage.CATALOGUE)) {
                shares(out, rse, row.total());
            }
            out.end();
        });
    }

    /** Those that lock most first. */
    private void shares(JsonOut out, Rse rse, long total) {
        List<Map.Entry<AccountName, Used>> sorted = shares.at(rse).entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue().bytes()))
                .toList();
        out.putList(
                "account_usages",
                sorted,
                (o, share) -> o.begin()
                        .put("account", share.getKey().name())
                        .put("used", share.getValue().bytes())
                        .put("percentage", percent(share.getValue().bytes(), total))
                        .end());
    }

    /** With two places behind the point. */
    private static double percent(long part, long total) {
        return total == 0 ? 0 : Math.round(part * 10_000.0 / total) / 100.0;
    }

    /** Values one a line, though the content type says one JSON value; clients know it so. */
    private Answer accounts(RucioCall call) {
        Rse rse = rse(call);
        SortedMap<AccountName, Used> found = shares.at(rse);
        return Answer.json(out -> found.forEach((account, used) -> out.begin()
                .put("rse_id", rse.id())
                .put("rse", rse.name().name())
                .put("account", account.name())
                .put("used_files", used.files())
                .put("used_bytes", used.bytes())
                .put("quota_bytes", shares.limit(account, rse))
                .end()));
    }

    private static JsonOut begin(JsonOut out, Rse rse, Usage row) {
        return out.begin()
                .put("rse_id", rse.id())
                .put("rse", rse.name().name())
                .put("source", row.source())
                .put("updated_at", row.updated());
    }

    private static List<Usage> asked(RucioCall call, List<Usage> all) {
        Optional<String> source = call.query().text("source").filter(s -> !s.isEmpty() && !s.equals("None"));
        return all.stream()
                .filter(u -> source.map(u.source()::equals).orElse(true))
                .toList();
    }

    private Answer history(RucioCall call) {
        Rse rse = rse(call);
        List<Usage> found = asked(call, usage.history(rse));
        return Answer.lines(
                found,
                (out, row) -> begin(out, rse, row)
                        .put("used", row.used().orElse(0L))
                        .put("free", row.free().orElse(0L))
                        .put("total", row.total())
                        .end());
    }

    private Answer state(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_USAGE);
        usage.state(
                call.account(),
                rse(call),
                new Usage(
                        sent.text("source"),
                        number(sent, "used"),
                        number(sent, "free"),
                        number(sent, "files"),
                        usage.now()));
        return Answer.empty();
    }

    private static Optional<Long> number(Parameters sent, String key) {
        OptionalLong number = sent.maybeNumber(key);
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }
}
