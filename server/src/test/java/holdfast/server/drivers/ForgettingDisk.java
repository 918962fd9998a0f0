package holdfast.server.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A disk that forgets. It works on a real folder, where everybody sees every change at once, and remembers which changes
 * are durable: the bytes of a file once the file was synced, a name once its folder was synced, each by itself as POSIX
 * promises and no more. When the power is cut every later call fails; then the folder is made anew from what is durable,
 * from a part of what is not that a seed picks, and with the last write torn.
 */
public final class ForgettingDisk extends Disk {
    private final Path root;
    private final Map<Path, Node> current = new HashMap<>();
    private final Map<Object, File> linked = new HashMap<>();
    private final Map<FileChannel, Open> open = new IdentityHashMap<>();
    private int calls;
    private int cutAt = Integer.MAX_VALUE;
    private boolean off;

    /** A sync that is answered and not done: what a driver without it would do. */
    public enum LeftOut {
        NOTHING,
        FILES,
        FOLDERS
    }

    private final LeftOut left;

    /** What stands in the folder now counts as durable. */
    public ForgettingDisk(Path root) {
        this(root, LeftOut.NOTHING);
    }

    /** One that leaves some syncs out. */
    ForgettingDisk(Path root, LeftOut left) {
        this.root = root;
        this.left = left;
        try {
            current.put(root, adopt(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private abstract static sealed class Node {}

    private static final class File extends Node {
        private byte[] durable = new byte[0];
        private final List<Edit> pending = new ArrayList<>();
    }

    private static final class Folder extends Node {
        private Map<String, Node> durable = new TreeMap<>();
        private final List<Map<String, Optional<Node>>> pending = new ArrayList<>();
    }

    /** Bytes written at a place, or, without bytes, the file cut to that length. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Edit(long at, Optional<byte[]> bytes) {}

    private record Open(File file, boolean atEnd) {}

    /** The power fails before the nth call that changes something counts, or after it, when n is odd. */
    public synchronized void cutAt(int half) {
        cutAt = half;
        calls = 0;
    }

    /** Half calls since the power was last on: one before and one after each change. */
    public synchronized int calls() {
        return calls;
    }

    public synchronized boolean isOff() {
        return off;
    }

    public synchronized void cut() {
        off = true;
    }

    private void tick() throws IOException {
        if (!off && calls++ == cutAt) {
            off = true;
        }
        if (off) {
            throw new IOException("the power is off");
        }
    }

    @Override
    public synchronized FileChannel create(Path file) throws IOException {
        tick();
        FileChannel channel = super.create(file);
        track(file, channel);
        tick();
        return channel;
    }

    @Override
    public synchronized FileChannel createSecret(Path file) throws IOException {
        tick();
        FileChannel channel = super.createSecret(file);
        track(file, channel);
        tick();
        return channel;
    }

    private void track(Path file, FileChannel channel) {
        File node = new File();
        open.put(channel, new Open(node, false));
        name(file, node);
    }

    @Override
    public synchronized FileChannel append(Path file) throws IOException {
        tick();
        boolean isNew = Files.notExists(file);
        FileChannel channel = super.append(file);
        if (isNew) {
            name(file, new File());
        }
        if (current.get(file) instanceof File node) {
            open.put(channel, new Open(node, true));
        }
        tick();
        return channel;
    }

    @Override
    public synchronized int write(FileChannel file, ByteBuffer bytes) throws IOException {
        tick();
        Open node = Objects.requireNonNull(open.get(file));
        long at = node.atEnd ? file.size() : file.position();
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        int count = super.write(file, bytes);
        node.file.pending.add(new Edit(at, Optional.of(Arrays.copyOf(copy, count))));
        tick();
        return count;
    }

    @Override
    public synchronized void cut(FileChannel file, long length) throws IOException {
        tick();
        super.cut(file, length);
        Objects.requireNonNull(open.get(file)).file.pending.add(new Edit(length, Optional.empty()));
        tick();
    }

    @Override
    public synchronized void sync(FileChannel file) throws IOException {
        tick();
        File node = Objects.requireNonNull(open.get(file)).file;
        if (left != LeftOut.FILES) {
            node.durable = content(node, node.pending.size());
            node.pending.clear();
        }
        tick();
    }

    @Override
    public synchronized void link(Path file, Path name) throws IOException {
        tick();
        super.link(file, name);
        name(name, Objects.requireNonNull(current.get(file)));
        tick();
    }

    @Override
    public synchronized void replace(Path file, Path name) throws IOException {
        tick();
        super.replace(file, name);
        Node node = Objects.requireNonNull(current.remove(file));
        current.put(name, node);
        if (folder(file) instanceof Folder above) {
            above.pending.add(Map.of(key(file), Optional.empty(), key(name), Optional.of(node)));
        }
        tick();
    }

    @Override
    public synchronized void makeFolder(Path folder) throws IOException {
        tick();
        super.makeFolder(folder);
        name(folder, new Folder());
        tick();
    }

    @Override
    public synchronized void syncFolder(Path folder) throws IOException {
        tick();
        if (left == LeftOut.FOLDERS) {
            tick();
            return;
        }
        if (current.get(folder) instanceof Folder node) {
            node.pending.forEach(change -> apply(change, node.durable));
            node.pending.clear();
        } else if (!root.startsWith(folder)) {
            super.syncFolder(folder);
        }
        tick();
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return super.read(file);
    }

    @Override
    public InputStream readPastCaches(Path file) throws IOException {
        return super.read(file);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        tick();
        super.delete(file);
        current.remove(file);
        if (folder(file) instanceof Folder above) {
            above.pending.add(Map.of(key(file), Optional.empty()));
        }
        tick();
    }

    private void name(Path place, Node node) {
        if (place.startsWith(root)) {
            current.put(place, node);
            if (folder(place) instanceof Folder above) {
                above.pending.add(Map.of(key(place), Optional.of(node)));
            }
        }
    }

    private Node folder(Path place) {
        return current.get(place.getParent());
    }

    private static String key(Path place) {
        return place.getFileName().toString();
    }

    private static void apply(Map<String, Optional<Node>> change, Map<String, Node> names) {
        change.forEach((name, node) -> node.ifPresentOrElse(n -> names.put(name, n), () -> names.remove(name)));
    }

    private static byte[] content(File file, int edits) {
        byte[] bytes = file.durable;
        for (Edit edit : file.pending.subList(0, edits)) {
            bytes = edited(bytes, edit);
        }
        return bytes;
    }

    private static byte[] edited(byte[] before, Edit edit) {
        int at = Math.toIntExact(edit.at);
        if (edit.bytes.isEmpty()) {
            return Arrays.copyOf(before, at);
        }
        byte[] bytes = edit.bytes.get();
        byte[] after = Arrays.copyOf(before, Math.max(before.length, at + bytes.length));
        System.arraycopy(bytes, 0, after, at, bytes.length);
        return after;
    }

    /** The folder as it is found after the power came back; begin again with a new disk on it. */
    public synchronized void comeBack(Random random) throws IOException {
        off = true;
        for (FileChannel channel : open.keySet()) {
            channel.close();
        }
        erase(root);
        lay(root, (Folder) current.get(root), new Survival(random), new IdentityHashMap<>());
    }

    /** What a power cut leaves of what was not durable. */
    private static final class Survival {
        private final Random random;
        /** Of a hundred changes of names. */
        private final int names;

        Survival(Random random) {
            this.random = random;
            this.names = List.of(0, 50, 90, 100).get(random.nextInt(4));
        }

        Map<String, Node> names(Folder folder) {
            Map<String, Node> left = new TreeMap<>(folder.durable);
            boolean inOrder = random.nextBoolean();
            for (Map<String, Optional<Node>> change : folder.pending) {
                if (random.nextInt(100) < names) {
                    apply(change, left);
                } else if (inOrder) {
                    break;
                }
            }
            return left;
        }

        byte[] bytes(File file) {
            int kept = random.nextInt(file.pending.size() + 1);
            byte[] bytes = content(file, kept);
            if (kept == file.pending.size()) {
                return bytes;
            }
            Edit torn = file.pending.get(kept);
            if (torn.bytes.isEmpty() || torn.bytes.get().length == 0) {
                return bytes;
            }
            byte[] whole = torn.bytes.get();
            byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            // The length may be on the medium before the bytes are.
            byte[] filled = random.nextBoolean() ? Arrays.copyOf(part, whole.length) : part;
            return edited(bytes, new Edit(torn.at, Optional.of(filled)));
        }
    }

    private static void lay(Path place, Folder folder, Survival survival, Map<Node, Path> laid) throws IOException {
        for (Map.Entry<String, Node> each : survival.names(folder).entrySet()) {
            Path at = place.resolve(each.getKey());
            switch (each.getValue()) {
                case Folder below -> {
                    if (laid.put(below, at) == null) {
                        Files.createDirectory(at);
                        lay(at, below, survival, laid);
                    }
                }
                case File file -> {
                    Path other = laid.putIfAbsent(file, at);
                    if (other == null) {
                        Files.write(at, survival.bytes(file));
                    } else {
                        Files.createLink(at, other);
                    }
                }
            }
        }
    }

    private static void erase(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
                if (!each.equals(root)) {
                    Files.delete(each);
                }
            }
        }
    }

    private Folder adopt(Path folder) throws IOException {
        Folder node = new Folder();
        try (Stream<Path> names = Files.list(folder)) {
            for (Path each : (Iterable<Path>) names::iterator) {
                Node below = Files.isDirectory(each) ? adopt(each) : adoptFile(each);
                node.durable.put(key(each), below);
                current.put(each, below);
            }
        }
        return node;
    }

    private File adoptFile(Path file) throws IOException {
        Object key = Objects.requireNonNull(FileTree.attributes(file).fileKey());
        File known = linked.get(key);
        if (known != null) {
            return known;
        }
        File node = new File();
        node.durable = Files.readAllBytes(file);
        linked.put(key, node);
        return node;
    }
}
