package holdfast.server.races;

import holdfast.house.Foundry;
import holdfast.house.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A house with one fault planted in its source. */
final class FaultyHouse {
    private FaultyHouse() {}

    /** Calls a static method of a class of this house; a fault's file is named from the repository's root. */
    static @Nullable Object call(Planted fault, Class<?> in, String method, Object... arguments) throws Exception {
        String source = fault.in(Files.readString(Path.of("..").resolve(fault.file())));
        String path = fault.file().replaceFirst(".*/java/", "");
        return Foundry.call(Foundry.loader("holdfast.", Map.of(path, source)), in, method, arguments);
    }
}
