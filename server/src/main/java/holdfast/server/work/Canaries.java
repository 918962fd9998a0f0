package holdfast.server.work;

import holdfast.fixity.Outcome;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Recalled;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Adler32;

/**
 * Three planted files that every scrub must judge rightly, or it is void: one intact, one whose stated digests are those
 * of other bytes, one that is stated and absent. They lie under a prefix that no file of the catalogue has, are never
 * overwritten, and are planted again when somebody removed them. Where one of them rots itself, the next generation takes
 * their place; else one bad sector or cartridge would end all checking.
 */
final class Canaries {
    static final String PREFIX = ".canary/";

    private static final int SIZE = 4096;

    private final StorageDriver driver;
    private final Canary intact;
    private final Canary changed;
    private final Canary absent;

    /** A planted file and what a reader that works must see. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Canary(Target target, byte[] bytes, Outcome expected) {}

    /** What a look at the canaries showed. */
    sealed interface Found {
        /** Each was judged rightly. */
        record Sound() implements Found {}

        /** Some was judged wrongly: nothing that this scrub says may be believed. */
        record Void(String why) implements Found {}

        /** They could not be read now; nothing is known of the scrub. */
        record NotChecked(String why) implements Found {}
    }

    /** @param generation how often planted canaries were given up before, from 0 */
    Canaries(Station station, int generation) {
        String prefix = generation == 0 ? PREFIX : PREFIX + generation + "/";
        driver = station.driver();
        byte[] bytes = bytes(station.name());
        byte[] other = bytes.clone();
        other[SIZE / 2] ^= 1;
        intact = canary(prefix + "intact", bytes, digests(bytes), Outcome.INTACT);
        changed = canary(prefix + "changed", bytes, digests(other), Outcome.CORRUPT);
        absent = canary(prefix + "absent", bytes, digests(bytes), Outcome.MISSING);
    }

    List<StoragePath> paths() {
        return all().stream().map(c -> c.target.path()).toList();
    }

    /** The one that a drill may recall where no copy is. */
    Target intact() {
        return intact.target;
    }

    /** Plants what is not there yet. */
    void plant() {
        List<StorageDriver.NewBytes> wanted = new ArrayList<>();
        for (Canary canary : List.of(intact, changed)) {
            if (driver.look(canary.target.path()) instanceof StorageDriver.Seen.Absent) {
                wanted.add(new StorageDriver.NewBytes(
                        canary.target.path(), canary.target.size(), new ByteArrayInputStream(canary.bytes)));
            }
        }
        if (!wanted.isEmpty()) {
            for (Written written : driver.writeAll(wanted)) {
                if (!(written instanceof Written.Done)) {
                    Log.of(Canaries.class).log(System.Logger.Level.WARNING, "a canary was not planted: {0}", written);
                }
            }
        }
    }

    /** Has them read and compared by the code that reads copies. */
    Found check(CopyReader reader, Map<StoragePath, Recalled> brought) {
        for (Canary canary : all()) {
            Sighting seen = reader.read(canary.target, brought);
            if (seen.outcome() == Outcome.NOT_CHECKED) {
                return new Found.NotChecked(
                        canary.target.path() + ": " + seen.detail().orElse(""));
            }
            if (seen.outcome() != canary.expected) {
                return new Found.Void("%s should be %s and was seen as %s %s"
                        .formatted(
                                canary.target.path(),
                                canary.expected,
                                seen.outcome(),
                                seen.detail().orElse("")));
            }
        }
        return new Found.Sound();
    }

    private List<Canary> all() {
        return List.of(intact, changed, absent);
    }

    private static Canary canary(String path, byte[] bytes, Digests stated, Outcome expected) {
        return new Canary(new Target(new StoragePath(path), new ByteSize(SIZE), stated), bytes, expected);
    }

    private static byte[] bytes(StorageName element) {
        byte[] text = ("A canary of the storage element " + element
                        + ": planted to test the scrub, never data. Leave it, or remove it: it comes again.\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[SIZE];
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = text[i % text.length];
        }
        return bytes;
    }

    private static Digests digests(byte[] bytes) {
        Adler32 adler = new Adler32();
        adler.update(bytes);
        return Digests.of(
                new Digest(Algorithm.ADLER32, "%08x".formatted(adler.getValue())),
                Digest.of(Algorithm.MD5, Digest.md5().digest(bytes)),
                Digest.sha256(bytes));
    }
}
