package holdfast.server.api.rucio.wire;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes that a request carries, read once and whole, whatever its content type says. Before anything else they are
 * looked through: strict UTF-8, no null character, no half of a surrogate pair, so that nothing behind needs to ask again.
 */
final class Body {
    /** A bulk call of 10,000 files is 3 to 10 MB. */
    static final int LONGEST = 64 << 20;

    private static final int TOO_LARGE = 413;
    private static final int DEEPEST = 100;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_KEY = 4_000;
    private static final int LONGEST_NUMBER = 400;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNameLength(LONGEST_KEY)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final byte[] bytes;

    private Body(byte[] bytes) {
        this.bytes = bytes;
    }

    static Body read(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw RucioError.of(
                        TOO_LARGE,
                        "InputValidationError",
                        "the body is larger than " + LONGEST + " bytes; send it in several calls");
            }
            return new Body(bytes);
        } catch (IOException e) {
            throw RucioError.bad("ValueError", "the body did not come whole: " + e.getMessage());
        }
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** @param wanted how the field's server calls what it wants: dictionary, list, or dictionary or list */
    JsonNode tree(String wanted) {
        if (!CleanText.isClean(bytes)) {
            throw notJson(wanted);
        }
        try {
            JsonNode tree = MAPPER.readTree(bytes);
            if (tree.isMissingNode()) {
                throw notJson(wanted);
            }
            return tree;
        } catch (JacksonException e) {
            throw notJson(wanted);
        }
    }

    JsonParser parser(String wanted) {
        if (!CleanText.isClean(bytes)) {
            throw notJson(wanted);
        }
        return MAPPER.createParser(bytes);
    }

    static RucioError notJson(String wanted) {
        return RucioError.bad("ValueError", "cannot decode json parameter " + wanted);
    }

    static RucioError notA(String wanted) {
        return RucioError.bad("TypeError", "body must be a json " + wanted);
    }
}
