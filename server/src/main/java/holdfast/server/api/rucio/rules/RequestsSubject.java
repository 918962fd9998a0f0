package holdfast.server.api.rucio.rules;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.RuleElements;
import holdfast.server.catalog.RuleViews;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.OrderRows.Order;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Transfers under way, as requests. They exist while they are wanted; what was carried is in the journal. */
public final class RequestsSubject implements Subject {
    private static final String HISTORY = "a request ends with its transfer and is kept no longer: the journal has the"
            + " copies that arrived; answers 404 for one name, and an empty list";

    private final RuleViews views;
    private final RuleElements elements;
    private final HouseClock clock;

    public RequestsSubject(RuleViews views, RuleElements elements, HouseClock clock) {
        this.views = views;
        this.elements = elements;
        this.clock = clock;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /requests/{scope}/{name}/{rse}", this::one)
                .differs("GET /requests/list", "by source and destination element; sites are not looked up", this::list)
                .differs("GET /requests/history/{scope}/{name}/{rse}", HISTORY, this::past)
                .differs("GET /requests/history/list", HISTORY, this::pastBetween);
    }

    private Answer one(RucioCall call) {
        DataId id = call.did();
        StorageName to = elements.named(call.path("rse"));
        Order order = views.order(id, to, call.sees());
        return Answer.json(out -> write(out, told(order, call.sees())));
    }

    private Answer past(RucioCall call) {
        StorageName to = elements.named(call.path("rse"));
        throw RucioError.notFound(
                "RequestNotFound", "No request of the past is kept for DID %s at RSE %s".formatted(call.did(), to));
    }

    private Answer pastBetween(RucioCall call) {
        elements.named(must(call, "src_rse"));
        elements.named(must(call, "dst_rse"));
        return Answer.lines(_ -> {});
    }

    private Answer list(RucioCall call) {
        StorageName from = elements.named(must(call, "src_rse"));
        StorageName to = elements.named(must(call, "dst_rse"));
        Set<String> states =
                Arrays.stream(must(call, "request_states").split(",", -1)).collect(Collectors.toSet());
        return Answer.lines(out -> views.orders(from, to, call.sees(), order -> {
            if (states.contains(letter(order))) {
                write(out, told(order, call.sees()));
            }
        }));
    }

    private static String must(RucioCall call, String key) {
        return call.query()
                .text(key)
                .orElseThrow(() -> RucioError.bad("MissingParameter", "Missing parameter: " + key));
    }

    /** S while a mover holds it, Q while it waits. */
    private String letter(Order order) {
        return order.leasedUntil().filter(t -> t.isAfter(clock.now())).isPresent() ? "S" : "Q";
    }

    /** Whoever does not see everything is told of no rule by its id: it may be about a hidden container above the file. */
    private static Order told(Order order, Visible sees) {
        return sees.isWhole() || !order.reason().startsWith("rule ") ? order : order.because("a rule");
    }

    private void write(JsonOut out, Order order) {
        String account = order.reason().startsWith("rule ")
                ? order.reason().substring(order.reason().lastIndexOf(' ') + 1)
                : "root";
        out.begin()
                .put("id", id(order))
                .put("request_type", "TRANSFER")
                .put("scope", order.file().scope().name())
                .put("name", order.file().name())
                .put("did_type", "FILE")
                .put("bytes", order.bytes())
                .put("adler32", order.adler32())
                .put("md5", order.md5());
        out.put("dest_rse_id", elements.id(order.to()))
                .put("dest_rse", order.to().name())
                .putNull("source_rse_id")
                .putNull("source_rse")
                .put("account", account)
                .put("rule_id", rule(order))
                .put("state", letter(order).equals("S") ? "SUBMITTED" : "QUEUED")
                .put("retry_count", Math.max(0, order.attempts() - 1))
                .put("err_msg", order.problem())
                .put("activity", order.activity().name())
                .put("priority", 3)
                .put("created_at", order.raisedAt())
                .put("requested_at", order.raisedAt())
                .put("updated_at", order.dueAt());
        out.key("attributes").begin().put("reason", order.reason()).end();
        for (String nothing : NOT_KEPT) {
            out.putNull(nothing);
        }
        out.end();
    }

    private static final Set<String> NOT_KEPT = Set.of(
            "external_id",
            "external_host",
            "last_processed_at",
            "last_processed_by",
            "estimated_started_at",
            "estimated_transferred_at",
            "estimated_at",
            "transfertool",
            "dest_url",
            "submitted_at",
            "staging_started_at",
            "staging_finished_at",
            "previous_attempt_id",
            "started_at",
            "transferred_at",
            "submitter_id");

    private static java.util.Optional<UUID> rule(Order order) {
        String[] words = order.reason().split(" ", 3);
        return words.length > 1 && words[0].equals("rule")
                ? holdfast.server.api.rucio.wire.Ids.read(words[1])
                : java.util.Optional.empty();
    }

    private static UUID id(Order order) {
        String name = "request " + order.file() + " " + order.to() + " " + order.raisedAt();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
