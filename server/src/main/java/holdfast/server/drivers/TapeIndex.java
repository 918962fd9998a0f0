package holdfast.server.drivers;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The library's own list of what lies where: one file for each cartridge, only ever appended to and synced, and the whole
 * in memory in the order of paths (about 300 bytes for a file). It lies apart from the cartridges, so that a file on a
 * lost cartridge is still known. A line is {@code + position size path}; for a released file {@code - position path}; and
 * {@code x position size} for bytes that a crash left without a line, and that nobody was answered for. Parts are parted
 * by tabs.
 */
final class TapeIndex {
    private final Path folder;
    private final Disk disk;
    private final ConcurrentNavigableMap<StoragePath, TapeHolding> holdings = new ConcurrentSkipListMap<>();
    private final Map<Integer, Fill> fills = new ConcurrentHashMap<>();
    private final Map<Integer, BitSet> written = new ConcurrentHashMap<>();

    TapeIndex(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** How far a cartridge is written, released files included: their bytes stay until somebody repacks it. */
    record Fill(long lastPosition, long bytes) {
        static final Fill EMPTY = new Fill(0, 0);

        Fill with(TapePosition at, long size) {
            return new Fill(Math.max(lastPosition, at.position()), bytes + size);
        }
    }

    /** A file that was put on a cartridge. */
    record Line(StoragePath path, ByteSize size, TapePosition at) {}

    Optional<TapeHolding> find(StoragePath path) {
        return Optional.ofNullable(holdings.get(path));
    }

    /** All files in the order of their paths. */
    Map<StoragePath, TapeHolding> all() {
        return holdings;
    }

    /** Whether some folder on the way to a path is a file. */
    boolean isBelowAFile(StoragePath path) {
        String text = path.path();
        for (int slash = text.lastIndexOf('/'); slash >= 0; slash = text.lastIndexOf('/', slash - 1)) {
            if (holdings.containsKey(new StoragePath(text.substring(0, slash)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a path is the folder of some file. */
    boolean isAboveAFile(StoragePath path) {
        // A blank is the first character that a storage path may have.
        StoragePath next = holdings.ceilingKey(new StoragePath(path + "/ "));
        return next != null && next.path().startsWith(path + "/");
    }

    Fill fill(int cartridge) {
        return fills.getOrDefault(cartridge, Fill.EMPTY);
    }

    /** Whether anything was ever written to a cartridge. */
    boolean hasUsed(int cartridge) {
        return fills.containsKey(cartridge);
    }

    /** Whether a line tells of what was written at a position. Used at the start only. */
    boolean isWritten(TapePosition at) {
        return written.getOrDefault(at.cartridge(), new BitSet()).get(Math.toIntExact(at.position()));
    }

    /** Records bytes on a cartridge that belong to no file, durably. */
    void spend(TapePosition at, ByteSize size) throws IOException {
        append(at.cartridge(), "x\t%d\t%d\n".formatted(at.position(), size.bytes()));
        fill(at, size);
    }

    /** A file that waits online; it is in no index file, the online area itself tells of it after a start. */
    void waiting(StoragePath path, ByteSize size) {
        holdings.put(path, new TapeHolding(size, Optional.empty()));
    }

    void forget(StoragePath path) {
        holdings.remove(path);
    }

    /** Records files of one cartridge, durably before anybody sees them. */
    void record(int cartridge, List<Line> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            text.append("+\t%d\t%d\t%s\n"
                    .formatted(line.at().position(), line.size().bytes(), line.path()));
        }
        append(cartridge, text.toString());
        fills.putIfAbsent(cartridge, Fill.EMPTY);
        lines.forEach(line -> fill(line.at(), line.size()));
        lines.forEach(this::hold);
    }

    /** Records that a file was released, durably. */
    void release(StoragePath path, TapePosition at) throws IOException {
        append(at.cartridge(), "-\t%d\t%s\n".formatted(at.position(), path));
        holdings.remove(path);
    }

    /** Reads all index files; empty at the first use. */
    void load() throws IOException {
        holdings.clear();
        fills.clear();
        written.clear();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                load(file);
            }
        }
    }

    private void load(Path file) throws IOException {
        settle(file);
        int cartridge = Integer.parseInt(file.getFileName().toString());
        fills.put(cartridge, Fill.EMPTY);
        // A file may have been released here and written again to another cartridge: this one's own story comes first.
        Map<StoragePath, Line> standing = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            try {
                read(cartridge, line.split("\t", 4), standing);
            } catch (RuntimeException e) {
                throw new IOException("line %d of %s is none of an index: '%s'".formatted(number, file, line), e);
            }
        }
        standing.values().forEach(this::hold);
    }

    private void read(int cartridge, String[] parts, Map<StoragePath, Line> standing) {
        TapePosition at = new TapePosition(cartridge, Long.parseLong(parts[1]));
        switch (parts[0]) {
            case "+" -> {
                Line line = new Line(new StoragePath(parts[3]), new ByteSize(Long.parseLong(parts[2])), at);
                standing.put(line.path(), line);
                fill(at, line.size());
            }
            case "-" -> standing.remove(new StoragePath(parts[2]));
            case "x" -> fill(at, new ByteSize(Long.parseLong(parts[2])));
            default -> throw new IllegalArgumentException(parts[0]);
        }
    }

    private void hold(Line line) {
        holdings.put(line.path(), new TapeHolding(line.size(), Optional.of(line.at())));
    }

    private void fill(TapePosition at, ByteSize size) {
        fills.compute(at.cartridge(), (c, old) -> (old == null ? Fill.EMPTY : old).with(at, size.bytes()));
        written.computeIfAbsent(at.cartridge(), c -> new BitSet()).set(Math.toIntExact(at.position()));
    }

    private void append(int cartridge, String text) throws IOException {
        Path file = folder.resolve(TapePosition.label(cartridge));
        boolean isNew = Files.notExists(file);
        try (FileChannel end = disk.append(file)) {
            append(end, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (isNew) {
            disk.syncFolder(folder);
        }
    }

    private void append(FileChannel file, ByteBuffer bytes) throws IOException {
        long end = file.size();
        try {
            while (bytes.hasRemaining()) {
                disk.write(file, bytes);
            }
            disk.sync(file);
        } catch (IOException e) {
            // A half line would spoil the next one.
            disk.cut(file, end);
            throw e;
        }
    }

    /**
     * A crash may have cut the last line; it was never answered for. Whole lines may not be durable yet, and from now on
     * they are believed.
     */
    private void settle(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        try (FileChannel lines = disk.append(file)) {
            if (end < bytes.length) {
                disk.cut(lines, end);
            }
            disk.sync(lines);
        }
    }
}
