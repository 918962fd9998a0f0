package holdfast.server.api.rucio.replicas;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.FileMeta;
import holdfast.server.catalog.Metadata;
import holdfast.server.catalog.PathFiles;
import holdfast.server.catalog.PathFiles.Brought;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.ReplicaClaim;
import holdfast.server.catalog.ReplicaState;
import holdfast.server.catalog.Settings;
import holdfast.server.members.Viewers;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Visible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The bulk call of a production system: files by their whole names, with their folders. */
public final class PathFilesSubject implements Subject {
    private final PathFiles files;
    private final Places places;
    private final Permissions permissions;
    private final Settings settings;
    private final Viewers viewers;

    public PathFilesSubject(
            PathFiles files, Places places, Permissions permissions, Settings settings, Viewers viewers) {
        this.viewers = viewers;
        this.files = files;
        this.places = places;
        this.permissions = permissions;
        this.settings = settings;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                "POST /dirac/addfiles",
                "a name that is there with other bytes is refused (412) and not passed over; the rule of a new dataset"
                        + " is on ANY=true, or on * where no RSE has that attribute; lifetimes are numbers of seconds in"
                        + " [dirac] lifetime and file_lifetime, and rules of older calls are not renewed",
                this::add);
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        List<Brought> brought = new ArrayList<>();
        for (Parameters one : sent.list("lfns")) {
            brought.add(brought(one, call.sees()));
        }
        brought.stream()
                .map(Brought::rse)
                .distinct()
                .forEach(rse -> permissions.require(
                        call.account(),
                        Action.ADD_FILES_OF_PRODUCTION,
                        holdfast.access.Subject.at(places.element(rse))));
        Map<String, Metadata> ofFolders = new TreeMap<>();
        sent.maybeObject("parents_metadata")
                .ifPresent(all -> all.keys()
                        .forEach(folder -> all.maybeObject(folder)
                                .ifPresent(said -> ofFolders.put(folder, FileMeta.metadata(said.json())))));
        files.add(
                viewers.writer(call.caller(), call.sees()),
                new PathFiles.Call(brought, ofFolders, sent.flag("ignore_availability", false)),
                new PathFiles.Lifetimes(seconds("lifetime"), seconds("file_lifetime")));
        return Answer.created();
    }

    private Optional<Duration> seconds(String option) {
        return settings.option("dirac", option)
                .filter(value -> value.matches("[0-9]{1,12}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds);
    }

    private Brought brought(Parameters one, Visible sees) {
        String name = one.text("lfn");
        Digests stated = Digests.NONE;
        for (Algorithm algorithm : List.of(Algorithm.ADLER32, Algorithm.MD5)) {
            Optional<String> hex = one.maybeText(algorithm.label());
            stated = hex.isPresent() ? stated.with(new Digest(algorithm, hex.get())) : stated;
        }
        ObjectNode meta = JsonNodeFactory.instance.objectNode();
        one.maybeObject("meta")
                .ifPresent(said -> said.json().properties().forEach(e -> meta.set(e.getKey(), e.getValue())));
        one.maybeText("guid").ifPresent(guid -> meta.put("guid", guid));
        return new Brought(
                one.text("rse"),
                new ReplicaClaim(
                        new DataId(files.scopeOf(name, sees), name),
                        new ByteSize(one.number("bytes")),
                        stated,
                        one.maybeText("pfn"),
                        FileMeta.attributes(meta),
                        ReplicaState.AVAILABLE));
    }
}
