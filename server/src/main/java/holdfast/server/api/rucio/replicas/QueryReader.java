package holdfast.server.api.rucio.replicas;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.ReplicaQuery;
import holdfast.server.catalog.ReplicaQuery.Beside;
import holdfast.server.catalog.ReplicaQuery.Network;
import holdfast.server.catalog.ReplicaQuery.Picked;
import holdfast.server.catalog.ReplicaQuery.States;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Reads which replicas a call asks for. */
final class QueryReader {
    /** How the field's server can order addresses. */
    private static final Set<String> SORTS =
            Set.of("geoip", "custom_table", "random", "ranking", "closeness", "dynamic");

    private QueryReader() {}

    /** From the body of {@code POST /replicas/list}. */
    static ReplicaQuery body(RucioCall call, Places places) {
        Parameters sent = call.parameters();
        Optional<Set<StorageName>> within =
                sent.maybeText("rse_expression").filter(e -> !e.isEmpty()).map(places::matching);
        boolean unreadable = sent.flag("ignore_availability", sent.flag("unavailable", false));
        States states = new States(sent.flag("all_states", false), unreadable, sent.maybeDate("updated_after"));
        Optional<String> site = sent.maybeObject("client_location").flatMap(l -> l.maybeText("site"));
        Optional<String> sort = sent.maybeText("sort").or(() -> sort(call));
        return new ReplicaQuery(
                sent.maybeList("dids").stream().map(Parameters::did).toList(),
                schemes(sent),
                within,
                network(sent.maybeText("domain")),
                site,
                states,
                new Picked(size(sent.maybeNumber("nrandom")), limit(call), isRandom(sort)),
                new Beside(sent.flag("resolve_parents", false), sent.flag("resolve_archives", true)));
    }

    /** From the address of {@code GET /replicas/{scope}/{name}}. */
    static ReplicaQuery address(RucioCall call, List<DataId> dids) {
        Set<String> schemes = new HashSet<>();
        call.query().all("schemes").forEach(list -> schemes.addAll(Arrays.asList(list.split(",", -1))));
        schemes.remove("");
        return new ReplicaQuery(
                dids,
                schemes,
                Optional.empty(),
                Network.BY_SITE,
                Optional.empty(),
                States.AVAILABLE,
                new Picked(OptionalInt.empty(), limit(call), isRandom(sort(call))),
                Beside.ARCHIVES);
    }

    private static Set<String> schemes(Parameters sent) {
        return Optional.ofNullable(sent.json().get("schemes"))
                .filter(value -> value.isString())
                .map(value -> Set.of(value.stringValue()))
                .orElseGet(() -> new HashSet<>(sent.texts("schemes")));
    }

    private static Optional<String> sort(RucioCall call) {
        return call.query().text("sort").or(() -> call.query().text("select"));
    }

    private static boolean isRandom(Optional<String> sort) {
        sort.filter(s -> !s.isEmpty() && !SORTS.contains(s)).ifPresent(s -> {
            throw RucioError.bad("SortingAlgorithmNotSupported", "Requested algorithm " + s + " is not supported");
        });
        return sort.equals(Optional.of("random"));
    }

    private static OptionalInt limit(RucioCall call) {
        return size(call.query().number("limit"));
    }

    private static OptionalInt size(OptionalLong number) {
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (number.getAsLong() < 1) {
            throw RucioError.bad("ValueError", "a limit must be 1 or more, not " + number.getAsLong());
        }
        return OptionalInt.of((int) Math.min(number.getAsLong(), Integer.MAX_VALUE));
    }

    private static Network network(Optional<String> domain) {
        return switch (domain.orElse("").toLowerCase(Locale.ROOT)) {
            case "" -> Network.BY_SITE;
            case "lan" -> Network.LAN;
            case "wan" -> Network.WAN;
            case "all" -> Network.BOTH;
            default ->
                throw RucioError.bad(
                        "InvalidObject", "domain must be lan, wan or all, not '" + domain.orElseThrow() + "'");
        };
    }
}
