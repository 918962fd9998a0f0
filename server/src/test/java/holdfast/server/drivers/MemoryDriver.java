package holdfast.server.drivers;

import holdfast.storage.Locator;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A driver whose element is a map, for the tests of others; true because it runs the contract suite too. */
public final class MemoryDriver implements StorageDriver {
    private final ConcurrentNavigableMap<StoragePath, byte[]> files = new ConcurrentSkipListMap<>();
    private final Map<StoragePath, String> unreadable = new ConcurrentHashMap<>();
    private volatile Optional<String> silence = Optional.empty();
    private volatile Runnable afterOpening = () -> {};

    /** From now on the element does not answer. */
    public void fallSilent(String why) {
        silence = Optional.of(why);
    }

    public void answerAgain() {
        silence = Optional.empty();
    }

    /** Changes what stands at a path behind everybody's back. */
    public void damage(StoragePath path, byte[] bytes) {
        files.put(path, bytes.clone());
    }

    public void lose(StoragePath path) {
        files.remove(path);
    }

    /** Happens each time when bytes were opened, which are read to their end all the same. */
    public void afterOpening(Runnable happens) {
        afterOpening = happens;
    }

    /** From now on the bytes at a path cannot be read. */
    public void makeUnreadable(StoragePath path, String why) {
        unreadable.put(path, why);
    }

    @Override
    public Reach reach() {
        return silence.<Reach>map(Reach.Silent::new).orElseGet(Reach.Answers::new);
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        if (silence.isPresent()) {
            return new Written.Refused(silence.get());
        }
        if (path.path().startsWith(".holdfast")) {
            return new Written.Refused("kept for drivers: " + path);
        }
        try {
            byte[] taken = bytes.readNBytes(Math.toIntExact(size.bytes()) + 1);
            return taken.length == size.bytes()
                    ? put(path, taken)
                    : new Written.Refused("not the %s bytes announced".formatted(size));
        } catch (IOException e) {
            return new Written.Refused(String.valueOf(e.getMessage()));
        }
    }

    private synchronized Written put(StoragePath path, byte[] bytes) {
        byte[] standing = files.get(path);
        if (standing != null) {
            return new Written.Occupied(new ByteSize(standing.length));
        }
        if (isFolder(path) || isBelowAFile(path)) {
            return new Written.Refused("a file would have to be a folder: " + path);
        }
        files.put(path, bytes);
        return new Written.Done(Optional.of(new Locator(path.path())));
    }

    @Override
    public Seen look(StoragePath path) {
        if (silence.isPresent()) {
            return new Seen.Unreachable(silence.get());
        }
        byte[] bytes = files.get(path);
        return bytes == null
                ? new Seen.Absent()
                : new Seen.Present(new ByteSize(bytes.length), Locality.ONLINE, Optional.of(new Locator(path.path())));
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        requireAnswer();
        byte[] bytes = files.get(path);
        if (bytes == null || unreadable.containsKey(path)) {
            throw new IOException(unreadable.getOrDefault(path, "nothing at " + path));
        }
        afterOpening.run();
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        requireAnswer();
        files.forEach((path, bytes) -> each.accept(new Listed(path, new ByteSize(bytes.length))));
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        Map<StoragePath, Recalled> answers = new HashMap<>();
        for (StoragePath path : paths) {
            Recalled present = files.containsKey(path) ? Recalled.ONLINE_ALREADY : Recalled.FAILED;
            answers.put(path, silence.isPresent() ? Recalled.NOT_YET : present);
        }
        return answers;
    }

    @Override
    public Removed release(StoragePath path) {
        if (silence.isPresent()) {
            return new Removed.Unknown(silence.get());
        }
        return files.remove(path) == null ? new Removed.Absent() : new Removed.Done();
    }

    private boolean isFolder(StoragePath path) {
        StoragePath next = files.ceilingKey(new StoragePath(path + "/ "));
        return next != null && next.path().startsWith(path + "/");
    }

    private boolean isBelowAFile(StoragePath path) {
        String text = path.path();
        return IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) == '/')
                .anyMatch(slash -> files.containsKey(new StoragePath(text.substring(0, slash))));
    }

    private void requireAnswer() throws IOException {
        if (silence.isPresent()) {
            throw new IOException(silence.get());
        }
    }
}
