package holdfast.server.drivers;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is asked of each element since this process began, by the names of the port's methods. So anybody can see
 * whether something was written or removed there; calls about the house's own files, planted ones and segments
 * of the journal, are counted apart.
 */
public final class DriverCalls {
    private static final List<String> OWN = List.of(".canary/", ".journal/");

    private final Map<StorageName, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

    /** The same driver, each call counted. */
    public ElementDriver counted(StorageName name, ElementDriver driver) {
        Map<String, LongAdder> own = counts.computeIfAbsent(name, n -> new ConcurrentHashMap<>());
        return (ElementDriver) Proxy.newProxyInstance(
                ElementDriver.class.getClassLoader(), new Class<?>[] {ElementDriver.class}, (_, method, asked) -> {
                    if (method.getDeclaringClass() != Object.class) {
                        own.computeIfAbsent(kind(method, asked), k -> new LongAdder())
                                .increment();
                    }
                    return call(driver, method, asked);
                });
    }

    private static String kind(Method method, @Nullable Object @Nullable [] asked) {
        Object first = asked == null || asked.length == 0 ? null : asked[0];
        boolean own = switch (first) {
            case StoragePath path -> isOwn(path);
            case List<?> all when !all.isEmpty() && all.getFirst() instanceof NewBytes bytes -> isOwn(bytes.path());
            case null, default -> false;
        };
        return own ? method.getName() + " (own files)" : method.getName();
    }

    private static boolean isOwn(StoragePath path) {
        return OWN.stream().anyMatch(path.path()::startsWith);
    }

    private static @Nullable Object call(ElementDriver driver, Method method, @Nullable Object @Nullable [] asked)
            throws Throwable {
        try {
            return method.invoke(driver, asked);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** How often each element was asked for what. */
    public SortedMap<String, SortedMap<String, Long>> now() {
        SortedMap<String, SortedMap<String, Long>> now = new TreeMap<>();
        counts.forEach((name, own) -> {
            SortedMap<String, Long> kinds = new TreeMap<>();
            own.forEach((kind, count) -> kinds.put(kind, count.sum()));
            now.put(name.name(), kinds);
        });
        return now;
    }
}
