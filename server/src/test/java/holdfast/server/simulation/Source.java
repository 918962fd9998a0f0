package holdfast.server.simulation;

import holdfast.ingest.Submission;
import holdfast.plan.Attributes;
import holdfast.server.movers.Cargo;
import holdfast.server.work.Intake;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.Adler32;

/** The detector: it has files, sends them, and forgets one only once it was told that it may. */
final class Source {
    static final String NAME = "detector";
    private static final Scope RAW = new Scope("raw");

    private final World world;
    final Map<DataId, byte[]> held = new TreeMap<>();
    final Set<DataId> acknowledged = new HashSet<>();
    final Set<DataId> mayGo = new HashSet<>();

    Source(World world) {
        this.world = world;
        for (int i = 0; i < world.weather.files(); i++) {
            DataId id = new DataId(RAW, "/lab/raw/run%d/file%03d.dat".formatted(i % 2, i));
            byte[] bytes = new byte[40 + world.random.nextInt(200)];
            world.random.nextBytes(bytes);
            held.put(id, bytes);
            world.truth.is(id, bytes);
        }
    }

    /** Sends some files to a node; what it says is taken down as the source would. */
    void send(Node node, List<DataId> ids, boolean garbled) {
        List<Intake.Arriving> batch = new ArrayList<>();
        ids.forEach(id -> batch.add(arriving(id, held.get(id), garbled)));
        List<Intake.Outcome> outcomes = node.intake.take(batch);
        for (int i = 0; i < batch.size(); i++) {
            switch (outcomes.get(i)) {
                case Intake.Outcome.Registered _, Intake.Outcome.Already _, Intake.Outcome.Returned _ ->
                    acknowledged.add(batch.get(i).id());
                case Intake.Outcome.Refused refused ->
                    world.note("%s is refused: %s", batch.get(i).id(), refused.findings());
            }
        }
    }

    private static Intake.Arriving arriving(DataId id, byte[] bytes, boolean garbled) {
        Submission said = new Submission(
                id.name(), Optional.of(RAW), new ByteSize(bytes.length), digests(bytes), Attributes.NONE, NAME);
        byte[] sent = bytes.clone();
        if (garbled) {
            sent[sent.length / 2] ^= 1;
        }
        Cargo.Opening opening = () -> new ByteArrayInputStream(sent);
        return new Intake.Arriving(id, said, Digests.NONE, opening);
    }

    static Digests digests(byte[] bytes) {
        Adler32 adler = new Adler32();
        adler.update(bytes);
        return Digests.of(
                new Digest(Algorithm.ADLER32, "%08x".formatted(adler.getValue())),
                Digest.of(Algorithm.MD5, Digest.md5().digest(bytes)),
                Digest.sha256(bytes));
    }

    /** The sizes of what is still here, for the trace. */
    Map<DataId, Integer> sizes() {
        Map<DataId, Integer> sizes = new HashMap<>();
        held.forEach((id, bytes) -> sizes.put(id, bytes.length));
        return sizes;
    }
}
