package holdfast.server.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One fault of the code, planted on purpose: a text of one source file replaced by another.
 *
 * @param name what the faulty code does
 * @param weather the kind of seeds that give it most occasion
 * @param file below the sources of core or server
 */
record Mutant(String name, Weather.Kind weather, String file, String right, String wrong) {

    /** The source with the fault in it; the right text must stand there exactly once, or the list is out of date. */
    String plant() {
        try {
            String source = Files.readString(path());
            int first = source.indexOf(right);
            if (first < 0 || source.indexOf(right, first + 1) >= 0) {
                throw new IllegalStateException("mutant '" + name + "': its text does not stand exactly once in " + file
                        + "; write the mutant anew against the present source");
            }
            return source.replace(right, wrong);
        } catch (IOException e) {
            throw new IllegalStateException("mutant '" + name + "': " + e, e);
        }
    }

    private Path path() {
        Path here = Path.of("src/main/java/holdfast").resolve(file);
        return Files.exists(here)
                ? here
                : Path.of("../core/src/main/java/holdfast").resolve(file);
    }

    @Override
    public String toString() {
        return name;
    }
}
