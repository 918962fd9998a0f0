package holdfast.server.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
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

/** Compiles a changed source in memory, and loads the whole house anew with it. */
final class Foundry {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    private Foundry() {}

    /** A loader in which a mutant lives. */
    static ClassLoader loader(Mutant mutant) {
        return new MutantLoader(compile(mutant));
    }

    private static Map<String, byte[]> compile(Mutant mutant) {
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        StringWriter messages = new StringWriter();
        try (JavaFileManager platform = COMPILER.getStandardFileManager(null, null, null);
                JavaFileManager files = new Memory(platform, classes)) {
            List<String> options = List.of("-proc:none", "-nowarn", "-implicit:none", "-classpath", CLASS_PATH);
            List<Source> units = List.of(new Source(mutant));
            if (!COMPILER.getTask(messages, files, null, options, null, units).call()) {
                throw new IllegalStateException("mutant '" + mutant + "' does not compile: " + messages);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return classes.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toByteArray()));
    }

    /** Keeps what is compiled. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        Memory(JavaFileManager platform, Map<String, ByteArrayOutputStream> classes) {
            super(platform);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    classes.put(name, bytes);
                    return bytes;
                }
            };
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Mutant mutant) {
            super(URI.create("memory:///" + Path.of(mutant.file()).getFileName()), Kind.SOURCE);
            text = mutant.plant();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Loads every class of the house anew: the changed ones from memory, the others as they were compiled. */
    private static final class MutantLoader extends ClassLoader {
        private final Map<String, byte[]> changed;

        MutantLoader(Map<String, byte[]> changed) {
            super(Foundry.class.getClassLoader());
            this.changed = changed;
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
}
