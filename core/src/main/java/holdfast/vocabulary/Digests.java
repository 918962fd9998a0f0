package holdfast.vocabulary;

import holdfast.vocabulary.Digest.Algorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the checksums of one file's bytes; any may be absent, since a missing digest is never filled from
 * the bytes that happen to be there.
 */
public record Digests(Optional<Digest> adler32, Optional<Digest> md5, Optional<Digest> sha256) {
    public static final Digests NONE = new Digests(Optional.empty(), Optional.empty(), Optional.empty());

    public static Digests of(Digest... digests) {
        Digests all = NONE;
        for (Digest digest : digests) {
            all = all.with(digest);
        }
        return all;
    }

    /** These digests with one more, or with one replaced. */
    public Digests with(Digest digest) {
        return switch (digest.algorithm()) {
            case ADLER32 -> new Digests(Optional.of(digest), md5, sha256);
            case MD5 -> new Digests(adler32, Optional.of(digest), sha256);
            case SHA256 -> new Digests(adler32, md5, Optional.of(digest));
        };
    }

    public Optional<Digest> by(Algorithm algorithm) {
        return switch (algorithm) {
            case ADLER32 -> adler32;
            case MD5 -> md5;
            case SHA256 -> sha256;
        };
    }

    /** The algorithms in which both sides have a value and the values differ. */
    public List<Algorithm> differing(Digests other) {
        List<Algorithm> differing = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.values()) {
            Optional<Digest> theirs = other.by(algorithm);
            if (by(algorithm).isPresent()
                    && theirs.isPresent()
                    && !by(algorithm).equals(theirs)) {
                differing.add(algorithm);
            }
        }
        return differing;
    }

    /** Whether some strong digest (SHA-256 or MD5) is known on both sides and none differs. */
    public boolean proves(Digests other) {
        boolean strong = (sha256.isPresent() && other.sha256.isPresent()) || (md5.isPresent() && other.md5.isPresent());
        return strong && differing(other).isEmpty();
    }
}
