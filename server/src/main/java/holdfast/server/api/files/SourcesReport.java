package holdfast.server.api.files;

import holdfast.server.reading.Offer;
import holdfast.server.reading.Offers.Offered;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a file can be read, the best first, as JSON. */
record SourcesReport(String did, long size, Map<String, String> digests, List<Source> sources) {

    /**
     * One copy.
     *
     * @param served whether this server can read it now; where not, {@code why} says the reason
     * @param distance from the element that was named as near; smaller is nearer
     */
    record Source(
            String storage,
            @Nullable String site,
            String state,
            @Nullable Instant provedAt,
            boolean tape,
            @Nullable Long distance,
            boolean served,
            String why,
            List<String> addresses) {}

    static SourcesReport of(Offered offered) {
        return new SourcesReport(
                offered.file().id().toString(),
                offered.file().size().bytes(),
                texts(offered.file().digests()),
                offered.copies().stream().map(SourcesReport::source).toList());
    }

    private static Source source(Offer offer) {
        return new Source(
                offer.storage().name(),
                offer.place().site().orElse(null),
                offer.copy().state().name(),
                offer.copy().proof().map(p -> p.at()).orElse(null),
                offer.place().tape(),
                offer.place().distance().orElse(null),
                offer.obstacle().isEmpty(),
                offer.why(),
                offer.addresses());
    }

    private static Map<String, String> texts(Digests digests) {
        Map<String, String> texts = new TreeMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            digests.by(algorithm).ifPresent(d -> texts.put(algorithm.label(), d.hex()));
        }
        return texts;
    }

    /** A name for these very bytes, for {@code ETag} and {@code If-Range}; empty where no strong digest is known. */
    static Optional<String> tag(Digests digests) {
        return digests.sha256().or(digests::md5).map(d -> "\"" + d.algorithm().label() + "-" + d.hex() + "\"");
    }
}
