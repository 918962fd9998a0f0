package holdfast.server.drivers.taperest;

import tools.jackson.databind.JsonNode;

/** What the server says of where a file's bytes are. */
sealed interface Whereabouts {
    /** It named a place. */
    record At(Locality locality) implements Whereabouts {}

    /** It could not tell; of a path at which nothing stands it cannot either. */
    record NotTold(String why) implements Whereabouts {}

    /** The API's words. */
    enum Locality {
        DISK,
        TAPE,
        DISK_AND_TAPE,
        /** It stands in the names, and its bytes are gone. */
        LOST,
        /** It has no bytes, and so no place. */
        NONE,
        /** For the moment nobody can have it. */
        UNAVAILABLE
    }

    static Whereabouts of(JsonNode item) {
        String word = item.path("locality").asString("");
        for (Locality one : Locality.values()) {
            if (one.name().equals(word)) {
                return new At(one);
            }
        }
        String error = item.path("error").asString("");
        return new NotTold(error.isEmpty() ? "the locality '%s' is none of the API's".formatted(word) : error);
    }
}
