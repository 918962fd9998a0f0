package holdfast.server.api.rucio.dids;

import holdfast.access.Action;
import holdfast.access.Subject;
import holdfast.plan.Attributes;
import holdfast.server.api.rucio.rules.RuleAsked;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.FileMeta;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.ReplicaClaim;
import holdfast.server.catalog.ReplicaState;
import holdfast.server.catalog.Replicas;
import holdfast.server.catalog.RuleBook;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.Writer;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a call about names brings along: files that are registered first, and rules that are made afterwards. */
public final class Bringing {
    private final Replicas replicas;
    private final RuleBook rules;
    private final Permissions permissions;
    private final Accounts accounts;
    private final HouseClock clock;

    public Bringing(Replicas replicas, RuleBook rules, Permissions permissions, Accounts accounts, HouseClock clock) {
        this.replicas = replicas;
        this.rules = rules;
        this.permissions = permissions;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Files that are registered first, as lying at an element; those that lie there already are passed over. Every call is
     * gone through whole before the first of them is written.
     */
    record Brought(String rse, List<ReplicaClaim> claims) {}

    /** What one part of a call brings; 401 where the account may not. */
    Optional<Brought> brought(RucioCall call, Parameters one) {
        List<Parameters> files = one.maybeList("dids");
        Optional<String> rse = one.maybeText("rse").filter(r -> !files.isEmpty());
        rse.ifPresent(name -> permissions.require(
                call.account(),
                Action.ADD_REPLICAS,
                Subject.at(replicas.places().element(name))));
        return rse.map(
                name -> new Brought(name, files.stream().map(Bringing::claim).toList()));
    }

    void rehearse(Writer writer, List<Brought> brought) {
        brought.forEach(one -> replicas.rehearse(writer, one.rse, one.claims, false));
    }

    void register(Writer writer, List<Brought> brought) {
        brought.forEach(one -> replicas.add(writer, one.rse, one.claims, false));
    }

    private static ReplicaClaim claim(Parameters sent) {
        Digests stated = Digests.NONE;
        for (Algorithm algorithm : new Algorithm[] {Algorithm.ADLER32, Algorithm.MD5}) {
            String key = algorithm == Algorithm.MD5 ? "md5" : "adler32";
            var digest = ContentSubject.digest(algorithm, sent.maybeText(key));
            stated = digest.isPresent() ? stated.with(digest.get()) : stated;
        }
        Attributes meta =
                sent.maybeObject("meta").map(m -> FileMeta.attributes(m.json())).orElse(Attributes.NONE);
        return new ReplicaClaim(
                sent.did(),
                new ByteSize(sent.number("bytes")),
                stated,
                sent.maybeText("pfn"),
                meta,
                ReplicaState.AVAILABLE);
    }

    /** Rules as they were asked for together with a name; read before anything is done, so that a wrong one stops all. */
    List<RuleRequest> rules(RucioCall call, DataId id, List<Parameters> asked) {
        return asked.stream().map(one -> rule(call, id, one)).toList();
    }

    private RuleRequest rule(RucioCall call, DataId id, Parameters asked) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        asked.json().properties().forEach(e -> whole.set(e.getKey(), e.getValue()));
        whole.putArray("dids").addObject().put("scope", id.scope().name()).put("name", id.name());
        RuleRequest request = RuleAsked.read(new Parameters(whole), call.account(), clock.now());
        accounts.account(request.account());
        return request;
    }

    void rehearse(List<RuleRequest> requests) {
        requests.forEach(rules::rehearse);
    }

    void make(RucioCall call, List<RuleRequest> requests) {
        requests.forEach(request -> rules.add(call.account(), request, call.sees()));
    }
}
