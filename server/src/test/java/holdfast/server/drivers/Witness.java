package holdfast.server.drivers;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Works with a driver, and keeps what each answer promises of each name. */
final class Witness {
    static final List<String> NAMES = List.of("a", "b", "d/a", "d/b", "d/e/a", "f/a");

    /**
     * What may be found under a name: nothing, or one of the contents by number. One possibility alone is a promise.
     */
    private final Map<String, List<Integer>> possible = new HashMap<>();

    private static final int NOTHING = -1;
    private int contents;
    private final Map<Integer, byte[]> bytes = new HashMap<>();

    Witness() {
        NAMES.forEach(name -> possible.put(name, List.of(NOTHING)));
    }

    void act(ElementUnderTest element, ElementDriver driver, ForgettingDisk disk, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> write(driver, disk, List.of(any(random)), random);
            case 3, 4, 5 -> write(driver, disk, List.of(any(random), any(random), any(random)), random);
            case 6, 7 -> release(driver, disk, any(random));
            case 8 -> recall(driver, any(random), random.nextBoolean());
            default -> migrate(element, driver);
        }
    }

    private static String any(Random random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private void write(ElementDriver driver, ForgettingDisk disk, List<String> names, Random random) {
        List<NewBytes> requests = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (String name : names) {
            byte[] content = new byte[random.nextInt(3_000)];
            random.nextBytes(content);
            bytes.put(++contents, content);
            numbers.add(contents);
            requests.add(new NewBytes(
                    new StoragePath(name), new ByteSize(content.length), new ByteArrayInputStream(content)));
        }
        Map<String, List<Integer>> before = new HashMap<>(possible);
        for (int i = 0; i < names.size(); i++) {
            maybe(names.get(i), numbers.get(i));
        }
        List<Written> answers = driver.writeAll(requests);
        if (disk.isOff()) {
            return;
        }
        names.forEach(name -> possible.put(name, before.get(name)));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int number = numbers.get(i);
            switch (answers.get(i)) {
                case Written.Done _ -> possible.put(name, List.of(number));
                case Written.Occupied _ -> possible.merge(name, List.of(), (now, none) -> standing(now));
                case Written.Unknown _ -> maybe(name, number);
                case Written.Refused _ -> {}
            }
        }
    }

    /** Something stands there: not nothing. */
    private static List<Integer> standing(List<Integer> now) {
        return now.stream().filter(n -> n != NOTHING).toList();
    }

    private void maybe(String name, int number) {
        List<Integer> more = new ArrayList<>(possible.get(name));
        more.add(number);
        possible.put(name, more);
    }

    private void release(ElementDriver driver, ForgettingDisk disk, String name) {
        maybe(name, NOTHING);
        Removed removed = driver.release(new StoragePath(name));
        if (!disk.isOff() && !(removed instanceof Removed.Unknown)) {
            possible.put(name, List.of(NOTHING));
        }
    }

    private static void recall(ElementDriver driver, String name, boolean evict) {
        StoragePath path = new StoragePath(name);
        driver.recall(List.of(path));
        if (evict) {
            driver.evict(List.of(path));
        }
    }

    private static void migrate(ElementUnderTest element, ElementDriver driver) {
        if (element != ElementUnderTest.POSIX && driver instanceof TapeDriver tape) {
            try {
                tape.migrate();
            } catch (IOException e) {
                // The power is off.
                return;
            }
        }
    }

    /** What is wrong with what stands under a name. */
    Optional<String> compare(String name, byte @Nullable [] found) {
        List<Integer> allowed = possible.get(name);
        boolean right = found == null
                ? allowed.contains(NOTHING)
                : allowed.stream().anyMatch(n -> n != NOTHING && Arrays.equals(bytes.get(n), found));
        return right
                ? Optional.empty()
                : Optional.of("%s: %s, where %s may stand"
                        .formatted(name, found == null ? "nothing" : found.length + " bytes", words(allowed)));
    }

    private List<String> words(List<Integer> allowed) {
        return allowed.stream()
                .map(n -> n == NOTHING ? "nothing" : "content " + n + " of " + bytes.get(n).length + " bytes")
                .toList();
    }

    /** What was found is known from now on. */
    void settle(String name, byte @Nullable [] found) {
        possible.put(
                name,
                found == null
                        ? List.of(NOTHING)
                        : possible.get(name).stream()
                                .filter(n -> n != NOTHING && Arrays.equals(bytes.get(n), found))
                                .toList());
    }
}
