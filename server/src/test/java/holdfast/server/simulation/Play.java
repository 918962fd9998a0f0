package holdfast.server.simulation;

import java.util.Optional;

/** A seed to be played: a number, or {@code KIND:NUMBER} for that seed in one kind of weather. */
record Play(Optional<Weather.Kind> kind, long seed) {
    static Play parse(String text) {
        int colon = text.indexOf(':');
        return new Play(
                colon < 0 ? Optional.empty() : Optional.of(Weather.Kind.valueOf(text.substring(0, colon))),
                Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return kind.map(k -> k + ":").orElse("") + seed;
    }
}
