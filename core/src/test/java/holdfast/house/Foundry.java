package holdfast.house;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles changed sources in memory and loads the house, or a room of it, anew beside them, so that nothing of the change
 * reaches any other test.
 */
public final class Foundry {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** One for all: it remembers the classes of the platform and of libraries, which are most of the work. */
    private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-nowarn",
            "-implicit:none",
            "-parameters",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    private Foundry() {}

    /**
     * A loader with classes of its own for all whose names begin so: the changed ones from these sources, the others as
     * they were compiled.
     *
     * @param sources by the paths of their files
     * @throws IllegalStateException with the compiler's words, when they do not compile
     */
    public static ClassLoader loader(String begin, Map<String, String> sources) {
        return new Anew(begin, compile(sources));
    }

    /** Calls a static method that the loader's own class of this name has; it takes and answers types of the JDK. */
    public static @Nullable Object call(ClassLoader loader, Class<?> in, String name, @Nullable Object... arguments)
            throws Exception {
        for (Method each : loader.loadClass(in.getName()).getDeclaredMethods()) {
            if (each.getName().equals(name) && each.getParameterCount() == arguments.length) {
                each.setAccessible(true);
                try {
                    return each.invoke(null, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
        throw new NoSuchMethodException(in.getName() + "." + name);
    }

    /** One at a time: the compiler's own files are not made for several. */
    private static synchronized Map<String, byte[]> compile(Map<String, String> sources) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(FILES) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
                return new Compiled(type, classes);
            }
        };
        StringWriter messages = new StringWriter();
        List<Source> units = sources.entrySet().stream()
                .map(e -> new Source(e.getKey(), e.getValue()))
                .toList();
        if (!COMPILER.getTask(messages, files, null, OPTIONS, null, units).call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
        return classes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toByteArray()));
    }

    private static final class Anew extends ClassLoader {
        private final String begin;
        private final Map<String, byte[]> changed;

        Anew(String begin, Map<String, byte[]> changed) {
            super(Foundry.class.getClassLoader());
            this.begin = begin;
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(begin)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] planted = changed.get(name);
                byte[] bytes = planted == null ? asCompiled(name) : planted;
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] asCompiled(String name) throws ClassNotFoundException {
            try (InputStream stream = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
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
            super(URI.create("memory:///" + file), Kind.SOURCE);
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
}
