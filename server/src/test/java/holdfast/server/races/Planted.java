package holdfast.server.races;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * A house with one fault planted in its source: the file is compiled in memory, and every class of the house is loaded
 * anew beside it, so that nothing of the fault reaches any other test.
 *
 * @param name what the faulty house does
 * @param file the source, from the repository's root
 * @param right a text that stands there exactly once
 * @param wrong what stands there instead
 */
public record Planted(String name, String file, String right, String wrong) {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final JavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    @Override
    public String toString() {
        return name;
    }

    /** Calls a static method of a class of this house; it takes and answers types of the JDK. */
    public @Nullable Object call(Class<?> in, String method, Object... arguments) throws Exception {
        Class<?> type = new Loader(compile()).loadClass(in.getName());
        for (Method each : type.getDeclaredMethods()) {
            if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
                each.setAccessible(true);
                try {
                    return each.invoke(null, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause() instanceof Exception cause ? cause : e;
                }
            }
        }
        throw new NoSuchMethodException(in.getName() + "." + method);
    }

    private Map<String, byte[]> compile() throws IOException {
        String source = Files.readString(Path.of("..").resolve(file));
        int first = source.indexOf(right);
        if (first < 0 || source.indexOf(right, first + 1) >= 0) {
            throw new IllegalStateException("fault '" + name + "': its text does not stand exactly once in " + file
                    + "; write the fault anew against the present source");
        }
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(FILES) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String type, JavaFileObject.Kind kind, FileObject sibling) {
                return new Compiled(type, classes);
            }
        };
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "-proc:none",
                "-nowarn",
                "-implicit:none",
                "-parameters",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        Source unit = new Source(file, source.replace(right, wrong));
        if (!COMPILER.getTask(messages, files, null, options, null, List.of(unit))
                .call()) {
            throw new IllegalStateException("does not compile: " + messages);
        }
        Map<String, byte[]> compiled = new HashMap<>();
        classes.forEach((type, bytes) -> compiled.put(type, bytes.toByteArray()));
        return compiled;
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> planted;

        Loader(Map<String, byte[]> planted) {
            super(Planted.class.getClassLoader());
            this.planted = planted;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("holdfast.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = planted.containsKey(name) ? planted.get(name) : asCompiled(name);
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
            super(URI.create("memory:///" + file.replaceFirst(".*/java/", "")), Kind.SOURCE);
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
