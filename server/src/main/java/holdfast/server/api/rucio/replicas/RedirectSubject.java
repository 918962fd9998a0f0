package holdfast.server.api.rucio.replicas;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.ReplicaLine.Address;
import holdfast.server.catalog.ReplicaQuery;
import holdfast.server.catalog.ReplicaQuery.Beside;
import holdfast.server.catalog.Replicas;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sends whoever asks for a file to where a copy of it can be fetched; no token is asked for. */
public final class RedirectSubject implements Subject {
    /** What a browser can follow once it is written https. */
    private static final Set<String> FOLLOWED = Set.of("davs", "https", "http", "s3");

    private static final Set<String> LISTED = Set.of("http", "https", "root", "davs");
    private static final String ORDER =
            "addresses come by site, then by priority; select=random shuffles them; an address" + " is never signed";
    private static final int OK = 200;

    private final Replicas replicas;

    public RedirectSubject(Replicas replicas) {
        this.replicas = replicas;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                        "GET /redirect/{scope}/{name}",
                        ORDER + "; where there is none, 404 ReplicaNotFound as a Rucio error",
                        this::redirect)
                .differs("GET /redirect/{scope}/{name}/metalink", ORDER, this::metalink);
    }

    private ReplicaQuery query(RucioCall call, DataId did, Set<String> usual) {
        ReplicaQuery asked = QueryReader.address(call, List.of(did));
        return new ReplicaQuery(
                asked.dids(),
                asked.schemes().isEmpty() ? usual : asked.schemes(),
                asked.within(),
                asked.network(),
                call.query().text("site"),
                asked.states(),
                asked.picked(),
                // Whoever follows an address takes what lies there for the file: an archive is not it.
                new Beside(false, false));
    }

    private void check(RucioCall call, DataId did) {
        if (!replicas.isKnown(did, call.sees())) {
            throw RucioError.notFound("DataIdentifierNotFound", "Data identifier '" + did + "' not found");
        }
    }

    private Answer metalink(RucioCall call) {
        DataId did = call.did();
        check(call, did);
        ReplicaQuery query = query(call, did, LISTED);
        return Answer.of(OK, Answer.METALINK, out -> {
            Metalink document = new Metalink(out);
            document.begin();
            replicas.list(query, call.sees(), document::write);
            document.end();
        });
    }

    private Answer redirect(RucioCall call) {
        DataId did = call.did();
        check(call, did);
        List<Address> found = addresses(query(call, did, FOLLOWED), call.sees(), did);
        call.query().text("rse").ifPresent(rse -> found.removeIf(a -> !isAt(a, rse)));
        call.query().text("site").ifPresent(site -> found.removeIf(a -> !a.way().isLocal()));
        Optional<Address> first = found.stream().findFirst();
        String pfn = first.orElseThrow(() -> RucioError.notFound(
                        "ReplicaNotFound", "no redirection possible - no valid RSE for HTTP redirection found"))
                .pfn();
        return Answer.seeOther(pfn.replaceFirst("^(davs|s3)://", "https://"))
                .with("Link", "<%s>; rel=describedby; type=\"application/metalink+xml\"".formatted(description(did)));
    }

    private static boolean isAt(Address address, String rse) {
        return address.way().place().rse().name().name().equals(rse);
    }

    /** Those of the file itself; a collection has none. */
    private List<Address> addresses(ReplicaQuery query, Visible sees, DataId did) {
        List<Address> found = new ArrayList<>();
        replicas.list(query, sees, line -> {
            if (line.file().name().equals(did.name())
                    && line.file().scope().toString().equals(did.scope().name())) {
                found.addAll(line.addresses());
            }
        });
        if (query.picked().shuffled()) {
            Collections.shuffle(found);
        }
        return found;
    }

    private static String description(DataId did) {
        return "/rucio/redirect/%s/%s/metalink"
                .formatted(did.scope(), URLEncoder.encode(did.name(), StandardCharsets.UTF_8));
    }
}
