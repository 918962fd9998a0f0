package holdfast.server.config;

import holdfast.server.drivers.ElementDriver;
import holdfast.vocabulary.StorageName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands between the house and its elements, and writes down what is asked of them. */
final class RecordedDrivers {
    private static final Set<String> LOOKING = Set.of(
            "reach",
            "look",
            "open",
            "openFrom",
            "openPastCaches",
            "list",
            "recall",
            "evict",
            "workingDrives",
            "space",
            "close");

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    Ports ports() {
        Ports open = Ports.open();
        return new Ports(open.disk(), open.database(), open.clock(), this::recorded, open.journal());
    }

    private ElementDriver recorded(StorageName name, ElementDriver driver) {
        return (ElementDriver) Proxy.newProxyInstance(
                ElementDriver.class.getClassLoader(), new Class<?>[] {ElementDriver.class}, (_, method, asked) -> {
                    calls.add(method.getName() + " " + name + " " + Arrays.deepToString(asked));
                    return call(driver, method, asked);
                });
    }

    private static Object call(ElementDriver driver, Method method, Object[] asked) throws Throwable {
        try {
            return method.invoke(driver, asked);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    void forget() {
        calls.clear();
    }

    /** Calls that neither look, list nor read; the house's own planted files are left out. */
    List<String> changing() {
        return calls.stream()
                .filter(c -> !LOOKING.contains(c.substring(0, c.indexOf(' '))) && !c.contains(".canary/"))
                .toList();
    }

    List<String> all() {
        return List.copyOf(calls);
    }
}
