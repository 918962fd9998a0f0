package holdfast.judgement;

import holdfast.house.Foundry;
import holdfast.house.Planted;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The room of the judgement with a fault in it, and the named tests run against that.
 */
final class Laboratory {
    private static final String ROOM = "holdfast.judgement.";
    private static final String FOLDER = "holdfast/judgement/";
    private static final Path SOURCES = Path.of("src", "main", "java").resolve(FOLDER);

    private Laboratory() {}

    /** The room with a fault in it. */
    static ClassLoader with(Planted fault) throws IOException {
        return Foundry.loader(
                ROOM, Map.of(FOLDER + fault.file(), fault.in(Files.readString(SOURCES.resolve(fault.file())))));
    }

    /** The room as it is, compiled here too. */
    static ClassLoader asItIs() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            Map<String, String> sources = new HashMap<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                sources.put(FOLDER + file.getFileName(), Files.readString(file));
            }
            return Foundry.loader(ROOM, sources);
        }
    }

    /** The first named test that fails against this room; empty when all pass. */
    static Optional<String> firstFailure(ClassLoader room, List<Class<?>> tests) throws Exception {
        for (Class<?> test : tests) {
            Optional<String> failure = firstFailure(room.loadClass(test.getName()), List.of());
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> firstFailure(Class<?> type, List<Class<?>> outer) throws Exception {
        List<Method> tests = Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        List<Class<?>> chain = Stream.concat(outer.stream(), Stream.of(type)).toList();
        for (Method test : tests) {
            test.setAccessible(true);
            try {
                test.invoke(instance(chain));
            } catch (InvocationTargetException failed) {
                return Optional.of(type.getSimpleName() + "." + test.getName());
            }
        }
        List<Class<?>> nested = Stream.of(type.getDeclaredClasses())
                .filter(inner -> inner.isAnnotationPresent(org.junit.jupiter.api.Nested.class))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
        for (Class<?> inner : nested) {
            Optional<String> failure = firstFailure(inner, chain);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private static Object instance(List<Class<?>> chain) throws ReflectiveOperationException {
        Object instance = null;
        for (Class<?> type : chain) {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            instance = instance == null ? constructor.newInstance() : constructor.newInstance(instance);
        }
        return instance;
    }

    /** The tests that promise a cell of the table each. */
    static List<Class<?>> namedTests() {
        return Arrays.asList(
                TableOfVerdictsTest.class,
                TableOfAccessTest.class,
                TableOfTheCalendarTest.class,
                TableOfTheRegisterTest.class,
                CopyStandingTest.class,
                ClauseVerdictTest.class);
    }
}
