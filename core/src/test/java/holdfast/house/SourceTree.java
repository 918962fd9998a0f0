package holdfast.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that only sources can show: what each package is for, and that no experiment is written into the code. */
public final class SourceTree {

    private static final Pattern DOCUMENTED =
            Pattern.compile("\\A\\s*/\\*\\*(?<text>.*?)\\*/\\s*(?<rest>.*)\\z", Pattern.DOTALL);
    private static final Pattern NULL_MARKED = Pattern.compile("(?m)^@NullMarked\\b");

    private final Path root;

    /** A folder of sources, for instance {@code src/main/java}; one that is not there has no faults. */
    public SourceTree(Path root) {
        this.root = root;
    }

    /** One line for each package without package-info, without a purpose in a sentence, or without @NullMarked. */
    public List<String> packagesWithoutPurpose() {
        List<String> faults = new ArrayList<>();
        for (Path folder : packages()) {
            Path info = folder.resolve("package-info.java");
            String name = root.relativize(folder).toString();
            if (!Files.exists(info)) {
                faults.add(name + " has no package-info.java");
                continue;
            }
            Matcher parts = DOCUMENTED.matcher(read(info));
            if (!parts.matches() || !isSentence(parts.group("text"))) {
                faults.add(name + " does not say in one sentence what it is for");
            }
            if (!NULL_MARKED.matcher(read(info)).find()) {
                faults.add(name + " is not @NullMarked");
            }
        }
        return faults;
    }

    /** Each file and line that holds one of these words, in any case. */
    public List<String> linesWith(Set<String> words) {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            List<String> lines = read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).toLowerCase(Locale.ROOT);
                if (words.stream().anyMatch(word -> line.contains(word.toLowerCase(Locale.ROOT)))) {
                    found.add(root.relativize(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        return found;
    }

    /** Three words and a full stop: enough to tell a purpose from a filler. */
    private static boolean isSentence(String comment) {
        String text = comment.replaceAll("(?m)^\\s*\\*", " ").strip();
        return text.split("\\s+").length >= 3 && text.matches("(?s).*[\\p{L}\\p{N})}](\\.|\\.\\s.*)");
    }

    private Set<Path> packages() {
        Set<Path> packages = new TreeSet<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".java")) {
                packages.add(file.getParent());
            }
        }
        return packages;
    }

    private List<Path> files() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pictures and other bytes are read as letters too: the words sought are plain. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
