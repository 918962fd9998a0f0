package holdfast.server.simulation;

import holdfast.house.Foundry;
import holdfast.house.Planted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One fault of the code, planted on purpose: a text of one source file replaced by another.
 *
 * @param name what the faulty code does
 * @param weather the kind of seeds that give it most occasion
 * @param file below the sources of core or server
 */
record Mutant(String name, Weather.Kind weather, String file, String right, String wrong) {

    /** The source with the fault in it. */
    String plant() {
        try {
            return new Planted(name, file, right, wrong).in(Files.readString(path()));
        } catch (IOException e) {
            throw new UncheckedIOException("fault '" + name + "'", e);
        }
    }

    /** A loader of the house in which the mutant lives. */
    ClassLoader loader() {
        return Foundry.loader("holdfast.", Map.of("holdfast/" + file, plant()));
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
