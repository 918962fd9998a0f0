package holdfast.server.api.rucio.rses;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.TransferLimits;
import holdfast.server.catalog.TransferLimits.Limit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How many copies are carried to elements at a time. */
public final class TransferLimitSubject implements Subject {
    private static final String PATH = " /requests/transfer_limits";
    private static final Set<String> DESTINATION = Set.of("D", "DESTINATION");
    private static final String ANY = "all_activities";
    private static final int CREATED = 201;
    private static final String ONLY =
            "a limit is one of what arrives at elements, whatever the activity, on each node by itself; other"
                    + " directions, activities, volumes and strategies are 409 UnsupportedOperation";

    private final TransferLimits limits;
    private final Permissions permissions;

    public TransferLimitSubject(TransferLimits limits, Permissions permissions) {
        this.limits = limits;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("GET" + PATH, ONLY, call -> Answer.lines(limits.all(), TransferLimitSubject::write))
                .differs("PUT" + PATH, ONLY, this::put)
                .differs("DELETE" + PATH, ONLY, this::drop);
    }

    private static void write(JsonOut out, Limit limit) {
        out.begin()
                .put("id", limit.id())
                .put("rse_expression", limit.expression())
                .put("direction", "DESTINATION")
                .put("activity", ANY)
                .put("max_transfers", limit.most())
                .put("volume", 0)
                .put("deadline", 1)
                .put("strategy", "fifo")
                .putNull("transfers")
                .putNull("waitings")
                .put("created_at", limit.created())
                .put("updated_at", limit.updated())
                .end();
    }

    private Answer put(RucioCall call) {
        Parameters sent = call.parameters();
        String expression = sent.text("rse_expression");
        long most = sent.number("max_transfers");
        permissions.require(call.account(), Action.SET_TRANSFER_LIMIT);
        checkKept(sent);
        limits.put(call.account(), expression, most);
        return Answer.text(CREATED, "text/html; charset=utf-8", "");
    }

    private Answer drop(RucioCall call) {
        Parameters sent = call.parameters();
        String expression = sent.text("rse_expression");
        permissions.require(call.account(), Action.SET_TRANSFER_LIMIT);
        checkKept(sent);
        limits.drop(call.account(), expression);
        return Answer.empty();
    }

    /** What is asked for and would not be kept is refused, and not forgotten. */
    private static void checkKept(Parameters sent) {
        Optional<String> activity = sent.maybeText("activity").filter(a -> !a.equals(ANY));
        boolean elsewhere = sent.maybeText("direction")
                .filter(d -> !DESTINATION.contains(d))
                .isPresent();
        boolean grouped =
                sent.maybeText("strategy").filter(s -> !s.equals("fifo")).isPresent();
        boolean byVolume = sent.maybeNumber("volume").orElse(0) != 0;
        List<String> asked = java.util.stream.Stream.of(
                        activity.map(a -> "the activity " + a).orElse(""),
                        elsewhere ? "the direction SOURCE" : "",
                        grouped ? "a strategy other than fifo" : "",
                        byVolume ? "a volume" : "")
                .filter(what -> !what.isEmpty())
                .toList();
        if (!asked.isEmpty()) {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "a limit by " + String.join(" and ", asked) + " cannot be kept here; leave it out to limit all that"
                            + " arrives");
        }
    }
}
