package holdfast.server.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A seed to be played: a number, or {@code KIND:NUMBER} for that seed in one kind of weather. */
record Play(Optional<Weather.Kind> kind, long seed) {
    static Play parse(String text) {
        int colon = text.indexOf(':');
        return new Play(
                colon < 0 ? Optional.empty() : Optional.of(Weather.Kind.valueOf(text.substring(0, colon))),
                Long.parseLong(text.substring(colon + 1)));
    }

    /** The seeds that showed a fault of the house once. */
    static List<Play> pastFailures() {
        return read("past-failures.txt");
    }

    /** The seeds that show one still: each is a debt, and leaves this list when it is paid. */
    static List<Play> openFailures() {
        return read("open-failures.txt");
    }

    private static List<Play> read(String file) {
        List<Play> past = new ArrayList<>();
        try (InputStream in = Play.class.getResourceAsStream("/simulation/" + file)) {
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .forEach(line -> past.add(parse(line.substring(0, line.indexOf(' ')))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return past;
    }

    @Override
    public String toString() {
        return kind.map(k -> k + ":").orElse("") + seed;
    }
}
