package holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document that says which test shows something names one that there is. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)`");

    @Test
    void everyTestThatADocumentNamesIsThere() throws IOException {
        Set<String> tests = new TreeSet<>();
        for (String module : List.of("core", "formats", "server", "cli", "audit-spark")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith("Test.java"))
                        .forEach(name -> tests.add(name.substring(0, name.length() - ".java".length())));
            }
        }
        Set<String> missing = new TreeSet<>();
        for (Path document : documents()) {
            Matcher named = NAMED.matcher(Files.readString(document));
            while (named.find()) {
                if (!tests.contains(named.group(1))) {
                    missing.add(ROOT.relativize(document) + ": " + named.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(pages, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }
}
