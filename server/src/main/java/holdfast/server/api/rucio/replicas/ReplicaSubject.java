package holdfast.server.api.rucio.replicas;

import holdfast.access.Action;
import holdfast.access.Subject.Element;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.ReplicaQuery;
import holdfast.server.catalog.Replicas;
import holdfast.server.members.Viewers;
import holdfast.vocabulary.DataId;
import java.util.List;

/** Files and their copies: said, and listed. */
public final class ReplicaSubject implements Subject {
    private final Replicas replicas;
    private final Permissions permissions;
    private final Viewers viewers;

    public ReplicaSubject(Replicas replicas, Permissions permissions, Viewers viewers) {
        this.viewers = viewers;
        this.replicas = replicas;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                        "POST /replicas/",
                        "the same name with another size or checksum is refused (412 FileConsistencyMismatch); state C"
                                + " is kept for a day",
                        this::add)
                .differs(
                        "POST /replicas/list",
                        "files without a copy are listed with none; addresses come lan first, disk before tape, then"
                                + " by priority, whatever sort says but random; addresses are not signed; archives are"
                                + " looked through for files of collections too, and xrdcl.unzip stands only where no"
                                + " client has to unpack",
                        this::list)
                .differs(
                        "GET /replicas/{scope}/{name}",
                        "addresses come lan first, disk before tape, then by priority",
                        this::one);
    }

    private Answer add(RucioCall call) {
        ClaimReader.Claims claims = ClaimReader.read(call.parser());
        Element element = replicas.places().element(claims.rse());
        permissions.require(call.account(), Action.ADD_REPLICAS, holdfast.access.Subject.at(element));
        if (claims.anyway()) {
            permissions.require(call.account(), Action.SKIP_AVAILABILITY_CHECK, holdfast.access.Subject.at(element));
        }
        replicas.add(viewers.writer(call.caller(), call.sees()), claims.rse(), claims.files(), claims.anyway());
        return Answer.created();
    }

    private Answer list(RucioCall call) {
        return answer(call, QueryReader.body(call, replicas.places()));
    }

    private Answer one(RucioCall call) {
        DataId did = call.did();
        if (!replicas.isKnown(did, call.sees())) {
            throw RucioError.notFound("DataIdentifierNotFound", "Data identifier '" + did + "' not found");
        }
        return answer(call, QueryReader.address(call, List.of(did)));
    }

    private Answer answer(RucioCall call, ReplicaQuery query) {
        boolean metalink = call.asksFor(Answer.METALINK);
        return Answer.of(200, metalink ? Answer.METALINK : Answer.LINES, out -> {
            ReplicaWriter writer = metalink
                    ? new Metalink(out)
                    : new JsonLines(out, query.beside().parents());
            writer.begin();
            replicas.list(query, call.sees(), writer::write);
            writer.end();
        });
    }
}
