package holdfast.formats.dump;

import holdfast.catalog.CopyState;
import holdfast.fixity.ListedBytes;
import holdfast.fixity.RecordedCopy;
import holdfast.formats.dump.DumpHeader.Order;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random dumps of one element that disagree now and then, by one seed. */
final class RandomDumps {
    static final StorageName ELEMENT = new StorageName("LAB-DISK");
    static final Instant LISTED_AT = Instant.parse("2026-05-04T08:00:00Z");
    private static final List<String> FOLDERS =
            List.of("lab/raw", "lab/raw.old", "lab", "é/ü", "\uFFFD/a", "\uD83D\uDE00/b", "\uFF5E", "#end", "z z");

    final List<RecordedCopy> recorded = new ArrayList<>();
    final List<ListedBytes> listed = new ArrayList<>();
    private final Random random;

    RandomDumps(long seed, int files) {
        random = new Random(seed);
        for (int i = 0; i < files; i++) {
            file(FOLDERS.get(random.nextInt(FOLDERS.size())) + "/" + Integer.toString(i, 36));
        }
        listed.add(new ListedBytes(new StoragePath(".canary/1"), new ByteSize(5), Digests.NONE));
        Collections.shuffle(recorded, random);
        Collections.shuffle(listed, random);
    }

    private void file(String plain) {
        DataId id = new DataId(new Scope("raw"), "/" + plain);
        int writing = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
        ByteSize size = new ByteSize(random.nextInt(1000));
        Digests digests = digests();
        CopyState state = random.nextInt(5) == 0
                ? CopyState.values()[random.nextInt(CopyState.values().length)]
                : CopyState.PROVED;
        Instant written = LISTED_AT.plusSeconds(random.nextInt(10) == 0 ? 60 : -60);
        if (random.nextInt(8) > 0) {
            recorded.add(new RecordedCopy(path(plain, writing), size, digests, state, written, id));
        }
        for (int w = 0; w <= 3; w++) {
            if (w == writing ? random.nextInt(8) > 0 : random.nextInt(20) == 0) {
                boolean other = random.nextInt(8) == 0;
                listed.add(new ListedBytes(
                        path(plain, w),
                        other ? new ByteSize(random.nextInt(1000)) : size,
                        random.nextInt(3) == 0 ? Digests.NONE : random.nextInt(12) == 0 ? digests() : digests));
            }
        }
    }

    private static StoragePath path(String plain, int writing) {
        return new StoragePath(writing == 0 ? plain : ".rewritten-" + writing + "/" + plain);
    }

    private Digests digests() {
        Digests digests = Digests.of(new Digest(Algorithm.ADLER32, "%08x".formatted(random.nextInt())));
        return random.nextBoolean()
                ? digests
                : digests.with(new Digest(Algorithm.MD5, "%032x".formatted(random.nextInt(1 << 30))));
    }

    void sort() {
        recorded.sort((one, other) -> StoragePath.BY_FILE.compare(one.path(), other.path()));
        listed.sort((one, other) -> StoragePath.BY_FILE.compare(one.path(), other.path()));
    }

    Path writeCatalogue(Path file, Order order) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            DumpHeader header = new DumpHeader(DumpKind.CATALOGUE, ELEMENT, LISTED_AT.plusSeconds(120), order);
            DumpWriter writer = new DumpWriter(out, header);
            for (RecordedCopy copy : recorded) {
                writer.write(copy);
            }
            writer.end();
        }
        return file;
    }

    Path writeListing(Path file, Order order) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            DumpWriter writer = new DumpWriter(out, new DumpHeader(DumpKind.LISTING, ELEMENT, LISTED_AT, order));
            for (ListedBytes bytes : listed) {
                writer.write(bytes);
            }
            writer.end();
        }
        return file;
    }

    /** The findings by looking up each path in maps, with none of the code that is tested but for the lines. */
    List<String> expectedFindings() {
        return new SlowComparison(recorded, listed, LISTED_AT).findings();
    }
}
