package holdfast.server.api.rucio.dids;

import holdfast.access.Action;
import holdfast.plan.Attributes;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Attaching;
import holdfast.server.catalog.Attaching.Duplicates;
import holdfast.server.catalog.Attachment;
import holdfast.server.catalog.Attachment.Child;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.FileMeta;
import holdfast.server.catalog.Metadata;
import holdfast.server.catalog.MetadataKeys;
import holdfast.server.catalog.NewCollection;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Making collections, and putting things in and taking them out. */
public final class ContentSubject implements Subject {
    private static final String RULES = "names and their content are made together or not at all; rules that come along"
            + " are made afterwards: where one is refused the answer says so and the name stays";

    private static final String ARCHIVES =
            "into a file whose name is an archive's go files: known ones must be said to be as"
                    + " they are, new ones must be of no class of the plan or of the archive's";

    private final Collections collections;
    private final DidGate gate;
    private final Bringing bringing;

    public ContentSubject(Collections collections, DidGate gate, Bringing bringing) {
        this.bringing = bringing;
        this.collections = collections;
        this.gate = gate;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs("POST /dids/{scope}/{name}", RULES, this::make)
                .differs("POST /dids", RULES, this::makeAll)
                .differs("POST /dids/{scope}/{name}/dids", ARCHIVES, this::attach)
                .differs(
                        "DELETE /dids/{scope}/{name}/dids",
                        "a collection that is monotonic or closed refuses it",
                        this::detach)
                .supports("POST /dids/attachments", this::attachAll)
                .supports("PUT /dids/{scope}/{name}/status", this::status)
                .differs(
                        "POST /dids/resurrect",
                        "brings a collection back empty and open; files never go, so none comes back",
                        this::resurrect);
    }

    private Answer make(RucioCall call) {
        DataId id = new Parameters(idOf(call)).did();
        return makeAll(call, List.of(new Wanted(id, call.parameters())));
    }

    private static JsonNode idOf(RucioCall call) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scope", call.path("scope"))
                .put("name", call.path("name"));
    }

    private Answer makeAll(RucioCall call) {
        return makeAll(
                call,
                call.list().stream().map(sent -> new Wanted(sent.did(), sent)).toList());
    }

    private record Wanted(DataId id, Parameters sent) {}

    private Answer makeAll(RucioCall call, List<Wanted> wanted) {
        List<NewCollection> news = new ArrayList<>();
        List<Attachment> attachments = new ArrayList<>();
        List<RuleRequest> rules = new ArrayList<>();
        for (Wanted one : wanted) {
            gate.require(call, Action.ADD_DID, one.id);
            news.add(of(call, one));
            List<Parameters> children = one.sent.maybeList("dids");
            if (!children.isEmpty()) {
                attachments.add(new Attachment(one.id, children(children)));
            }
            rules.addAll(bringing.rules(call, one.id, one.sent.maybeList("rules")));
        }
        rules.forEach(rule -> gate.requireRule(call, rule));
        bringing.rehearse(rules);
        bring(call, wanted.stream().map(Wanted::sent).toList(), news, attachments, Duplicates.REFUSED);
        collections.make(news, attachments, gate.writer(call));
        bringing.make(call, rules);
        return Answer.created();
    }

    private NewCollection of(RucioCall call, Wanted one) {
        boolean monotonic = one.sent
                .maybeObject("statuses")
                .map(s -> s.flag("monotonic", false))
                .orElse(false);
        Optional<Duration> lifetime = one.sent.node("lifetime").flatMap(MetadataKeys::lifetime);
        Metadata said = one.sent.maybeObject("meta").map(SentMetadata::of).orElse(Metadata.NONE);
        return new NewCollection(one.id, DidLines.kind(one.sent), call.account(), monotonic, said, lifetime);
    }

    private Answer attach(RucioCall call) {
        gate.require(call, Action.ATTACH_DIDS, call.did());
        Parameters sent = call.parameters();
        List<Parameters> children = sent.list("dids");
        Attachment wanted = new Attachment(call.did(), children(children));
        bring(call, List.of(sent), List.of(), List.of(wanted), Duplicates.REFUSED);
        collections.attach(List.of(wanted), Duplicates.REFUSED, gate.writer(call));
        return Answer.created();
    }

    private Answer attachAll(RucioCall call) {
        JsonNode sent = call.json();
        boolean passOver = sent.isObject() && new Parameters(sent).flag("ignore_duplicate", false);
        List<Parameters> each = sent.isObject() ? new Parameters(sent).list("attachments") : RucioCall.objects(sent);
        List<Attachment> wanted = each.stream()
                .map(one -> new Attachment(one.did(), children(one.list("dids"))))
                .toList();
        wanted.forEach(one -> gate.require(call, Action.ATTACH_DIDS, one.parent()));
        Duplicates duplicates = passOver ? Duplicates.PASSED_OVER : Duplicates.REFUSED;
        bring(call, each, List.of(), wanted, duplicates);
        collections.attach(wanted, duplicates, gate.writer(call));
        return Answer.created();
    }

    /** Registers the files that come along, once it is clear that the rest of the call is right. */
    private void bring(
            RucioCall call,
            List<Parameters> parts,
            List<NewCollection> news,
            List<Attachment> attachments,
            Duplicates duplicates) {
        List<Bringing.Brought> brought = parts.stream()
                .flatMap(part -> bringing.brought(call, part).stream())
                .toList();
        if (!brought.isEmpty()) {
            Writer writer = gate.writer(call);
            bringing.rehearse(writer, brought);
            collections.rehearse(news, attachments, new Attaching.How(duplicates, writer));
            bringing.register(writer, brought);
        }
    }

    private Answer status(RucioCall call) {
        Parameters sent = call.parameters();
        for (String key : sent.keys()) {
            if (!key.equals("open")) {
                throw RucioError.conflict(
                        "UnsupportedStatus",
                        "The status %s is not a valid data identifier status."
                                .formatted(key.length() <= 80 ? key : key.substring(0, 80)));
            }
        }
        boolean open = sent.flag("open", true);
        gate.require(call, open ? Action.REOPEN_DID : Action.CLOSE_DID, call.did());
        if (open) {
            collections.reopen(call.did(), gate.writer(call));
        } else {
            collections.close(call.did(), gate.writer(call));
        }
        return Answer.empty();
    }

    private Answer resurrect(RucioCall call) {
        gate.require(call, Action.RESURRECT_DID);
        collections.resurrect(call.list().stream().map(Parameters::did).toList(), gate.writer(call));
        return Answer.created();
    }

    private Answer detach(RucioCall call) {
        gate.require(call, Action.DETACH_DIDS, call.did());
        List<DataId> out =
                call.parameters().list("dids").stream().map(Parameters::did).toList();
        collections.detach(call.did(), out, gate.writer(call));
        return Answer.empty();
    }

    static List<Child> children(List<Parameters> sent) {
        return sent.stream().map(ContentSubject::child).toList();
    }

    private static Child child(Parameters sent) {
        return new Child(
                sent.did(),
                sent.has("bytes") ? sent.maybeNumber("bytes").stream().boxed().findFirst() : Optional.empty(),
                digest(Algorithm.ADLER32, sent.maybeText("adler32")),
                digest(Algorithm.MD5, sent.maybeText("md5")),
                said(sent));
    }

    private static Attributes said(Parameters sent) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        for (String key : new String[] {"guid", "events"}) {
            sent.node(key).ifPresent(value -> said.set(key, value));
        }
        sent.maybeObject("meta")
                .ifPresent(meta -> meta.json().properties().forEach(e -> said.set(e.getKey(), e.getValue())));
        return said.isEmpty() ? Attributes.NONE : FileMeta.attributes(said);
    }

    static Optional<Digest> digest(Algorithm algorithm, Optional<String> hex) {
        try {
            return hex.map(text -> new Digest(algorithm, text.toLowerCase(java.util.Locale.ROOT)));
        } catch (BadWord bad) {
            throw RucioError.invalid(String.valueOf(bad.getMessage()));
        }
    }
}
