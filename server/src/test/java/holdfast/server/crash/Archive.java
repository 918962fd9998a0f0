package holdfast.server.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of the children. Their first run leaves an archive of the classes it read and linked, which lets the
 * later ones start at a third of the cost. Java archives no classes from folders, so these are packed into one jar.
 */
final class Archive {
    private final Path folder;
    private final String classPath;

    private Archive(Path folder, String classPath) {
        this.folder = folder;
        this.classPath = classPath;
    }

    static Archive in(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                folders.add(Path.of(entry));
            } else if (Files.exists(Path.of(entry))) {
                jars.add(entry);
            }
        }
        Path packed = folder.resolve("children.jar");
        pack(folders, packed);
        jars.addFirst(packed.toString());
        return new Archive(folder, String.join(java.io.File.pathSeparator, jars));
    }

    private static void pack(List<Path> folders, Path jar) throws IOException {
        Set<String> seen = new HashSet<>();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.setLevel(0);
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path each : (Iterable<Path>) files::iterator) {
                        // Folders too: resources are searched for by them.
                        boolean isFile = Files.isRegularFile(each);
                        String name = folder.relativize(each) + (isFile ? "" : "/");
                        if (seen.add(name)) {
                            out.putNextEntry(new JarEntry(name));
                            if (isFile) {
                                Files.copy(each, out);
                            }
                            out.closeEntry();
                        }
                    }
                }
            }
        }
    }

    private Path cache() {
        return folder.resolve("children.aot");
    }

    /** The options of Java for one child; the one that runs while there is no archive leaves it behind. */
    List<String> options() {
        String archive = Files.exists(cache()) ? "-XX:AOTCache=" + cache() : "-XX:AOTCacheOutput=" + cache();
        return List.of(
                archive, "-Xlog:disable", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp", classPath);
    }
}
