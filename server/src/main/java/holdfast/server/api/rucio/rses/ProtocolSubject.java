package holdfast.server.api.rucio.rses;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Domain;
import holdfast.server.catalog.Operation;
import holdfast.server.catalog.PathsOf;
import holdfast.server.catalog.PathsOf.Ask;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Protocol;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.RseProtocols;
import holdfast.server.catalog.RseProtocols.Which;
import holdfast.server.catalog.Rses;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.Visible;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Protocols of elements, and what files are called through them. */
public final class ProtocolSubject implements Subject {
    private static final String NOT_SUPPORTED = "RSEProtocolNotSupported";
    private static final String FOLDER = "the folder of an element of the sites file is shown as protocol 'file', and"
            + " changed there; an operation that none has is 404 RSEOperationNotSupported";
    private static final String SCHEME = "/rses/{rse}/protocols/{scheme}";
    private static final String HOST = SCHEME + "/{hostname}";
    private static final String PORT = HOST + "/{port}";

    private final Rses rses;
    private final RseProtocols protocols;
    private final Stated stated;
    private final Permissions permissions;

    /** Where a copy lies at an element whose paths are stated. */
    @FunctionalInterface
    public interface Stated {
        Optional<StoragePath> path(Rse rse, DataId id);
    }

    public ProtocolSubject(Rses rses, RseProtocols protocols, Stated stated, Permissions permissions) {
        this.rses = rses;
        this.protocols = protocols;
        this.stated = stated;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /rses/{rse}/protocols", this::all)
                .supports("GET " + SCHEME, call -> Answer.json(out -> RseJson.protocols(out, rse(call))))
                .differs("POST " + SCHEME, FOLDER, this::add)
                .differs("PUT " + SCHEME, FOLDER + "; only where one protocol fits", call -> update(call, 0))
                .differs("PUT " + HOST, FOLDER + "; only where one protocol fits", call -> update(call, 1))
                .differs("PUT " + PORT, FOLDER, call -> update(call, 2))
                .differs("DELETE " + SCHEME, FOLDER, call -> remove(call, 0))
                .differs("DELETE " + HOST, FOLDER, call -> remove(call, 1))
                .differs("DELETE " + PORT, FOLDER, call -> remove(call, 2))
                .differs(
                        "GET /rses/{rse}/lfns2pfns",
                        "a name that cannot be a path is 400 InvalidPath, and slashes are never doubled",
                        this::pfns);
    }

    private Rse rse(RucioCall call) {
        return rses.find(call.path("rse"));
    }

    private Answer all(RucioCall call) {
        List<Protocol> all = rse(call).protocols();
        if (all.isEmpty()) {
            throw RucioError.notFound(NOT_SUPPORTED, "No protocols found for this RSE");
        }
        return Answer.json(out -> {
            out.beginList();
            all.forEach(protocol -> RseJson.protocol(out, protocol));
            out.endList();
        });
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_PROTOCOL);
        protocols.add(call.account(), rse(call), call.path("scheme"), sent);
        return Answer.created();
    }

    /** @param more how many variables follow the scheme in the address */
    private Answer update(RucioCall call, int more) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_PROTOCOL);
        protocols.update(call.account(), rse(call), which(call, more), sent);
        return Answer.empty();
    }

    private Answer remove(RucioCall call, int more) {
        permissions.require(call.account(), Action.SET_RSE_PROTOCOL);
        protocols.remove(call.account(), rse(call), which(call, more));
        return Answer.empty();
    }

    private static Which which(RucioCall call, int more) {
        return new Which(
                call.path("scheme"),
                more > 0 ? Optional.of(call.path("hostname")) : Optional.empty(),
                more > 1 ? OptionalInt.of(port(call.path("port"))) : OptionalInt.empty());
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RucioError.bad("ValueError", "a port is a whole number, not '" + text + "'");
        }
    }

    private Answer pfns(RucioCall call) {
        Rse rse = rse(call);
        List<DataId> lfns =
                call.query().all("lfn").stream().map(ProtocolSubject::lfn).toList();
        Ask ask = ask(call);
        Protocol protocol = new PathsOf(rse)
                .protocol(ask)
                .orElseThrow(() -> RucioError.notFound(
                        NOT_SUPPORTED,
                        "No protocol for provided settings found : RSE '%s' has none of %s for %s over %s."
                                .formatted(
                                        rse.name(),
                                        ask.schemes().isEmpty() ? "its protocols" : ask.schemes(),
                                        ask.operation().word(),
                                        ask.domain().word())));
        Map<String, String> pfns = new LinkedHashMap<>();
        for (DataId lfn : lfns) {
            path(rse, lfn, call.sees()).ifPresent(path -> pfns.put(lfn.toString(), PathsOf.pfn(protocol, path)));
        }
        if (pfns.isEmpty()) {
            throw RucioError.notFound("ReplicaNotFound", "No replicas found");
        }
        return Answer.json(out -> out.value(pfns));
    }

    private Optional<StoragePath> path(Rse rse, DataId lfn, Visible sees) {
        return new PathsOf(rse).path(lfn).or(() -> sees.allows(lfn) ? stated.path(rse, lfn) : Optional.empty());
    }

    private static DataId lfn(String text) {
        try {
            return DataId.parse(text);
        } catch (BadWord bad) {
            throw RucioError.bad("InvalidPath", "LFN(s) in invalid format: " + bad.getMessage());
        }
    }

    private static Ask ask(RucioCall call) {
        String domain = call.query().text("domain").orElse("wan");
        String operation = call.query().text("operation").orElse("write");
        List<String> schemes = call.query()
                .text("scheme")
                .filter(s -> !s.isEmpty())
                .map(s -> List.of(s.split(",", -1)))
                .orElse(List.of());
        return new Ask(
                Domain.called(domain)
                        .orElseThrow(() -> RucioError.notFound(
                                "RSEProtocolDomainNotSupported", "Domain %s not supported".formatted(domain))),
                Operation.called(operation)
                        .orElseThrow(() -> RucioError.notFound(
                                "RSEOperationNotSupported", "Operation %s is not supported".formatted(operation))),
                schemes);
    }
}
