package holdfast.judgement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Compiles changed sources of the judgement in memory and runs the named tests against them, in a class loader of their
 * own, so that nothing of the change reaches any other test.
 */
final class Laboratory {
    private static final String ROOM = "holdfast.judgement";
    static final Path SOURCES = Path.of("src", "main", "java", "holdfast", "judgement");

    /** One for all: it remembers the platform's own classes, which are most of the work of compiling one file. */
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private static final JavaFileManager PLATFORM = COMPILER.getStandardFileManager(null, null, null);

    private Laboratory() {}

    /** The sources of the room as they are, by file name. */
    static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            Map<String, String> sources = new HashMap<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
            return sources;
        }
    }

    /** Compiles these sources; the rest of the house is what was compiled before. */
    static Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<JavaFileManager>(PLATFORM) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                return new Compiled(name, classes);
            }
        };
        StringWriter messages = new StringWriter();
        List<String> options = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath", classPath());
        List<Source> units = sources.entrySet().stream()
                .map(e -> new Source(e.getKey(), e.getValue()))
                .toList();
        if (!COMPILER.getTask(messages, files, null, options, null, units).call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
        return classes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toByteArray()));
    }

    /** The first named test that fails against these classes; empty when all pass. */
    static Optional<String> firstFailure(Map<String, byte[]> classes, List<Class<?>> tests) throws Exception {
        RoomLoader loader = new RoomLoader(classes);
        for (Class<?> test : tests) {
            Optional<String> failure = firstFailure(loader.loadClass(test.getName()), List.of());
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

    private static String classPath() {
        return Stream.of(Judge.class, NullMarked.class)
                .map(type -> placeOf(type).toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Loads the room anew, tests and all: the changed classes from memory, the others as they were compiled. */
    private static final class RoomLoader extends ClassLoader {
        private final Map<String, byte[]> changed;

        RoomLoader(Map<String, byte[]> changed) {
            super(Laboratory.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(ROOM + ".")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = changed.containsKey(name) ? changed.get(name) : asCompiled(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] asCompiled(String name) throws ClassNotFoundException {
            try (var stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("memory:///" + ROOM.replace('.', '/') + "/" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final String name;
        private final Map<String, ByteArrayOutputStream> into;

        Compiled(String name, Map<String, ByteArrayOutputStream> into) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.into = into;
        }

        @Override
        public OutputStream openOutputStream() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            into.put(name, bytes);
            return bytes;
        }
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
