package holdfast.server.work;

import holdfast.server.drivers.Measured;
import holdfast.vocabulary.Digest.Algorithm;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in what measured bytes differ from what they should be; empty when in nothing. Tests break it on purpose. */
@FunctionalInterface
interface Comparison {
    Optional<String> difference(Target expected, Measured found);

    /** The size first, then every digest that the accession has. */
    Comparison WHOLE = (expected, found) -> {
        if (!expected.size().equals(found.size())) {
            return Optional.of("size " + found.size() + " instead of " + expected.size());
        }
        List<Algorithm> differing = expected.digests().differing(found.digests());
        if (!differing.isEmpty()) {
            String labels = differing.stream().map(Algorithm::label).collect(Collectors.joining(", "));
            return Optional.of(labels + (differing.size() == 1 ? " differs" : " differ"));
        }
        return expected.digests().proves(found.digests())
                ? Optional.empty()
                : Optional.of("the bytes were not digested in full");
    };
}
