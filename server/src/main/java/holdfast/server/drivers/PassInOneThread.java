package holdfast.server.drivers;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Adler32;

/** The plain pass: each digest takes each buffer while it is warm in the core's cache. */
final class PassInOneThread implements DigestPass {
    private final Optional<Adler32> adler32;
    private final Optional<MessageDigest> md5;
    private final Optional<MessageDigest> sha256;
    private long size;

    PassInOneThread(Set<Algorithm> algorithms) {
        adler32 = algorithms.contains(Algorithm.ADLER32) ? Optional.of(new Adler32()) : Optional.empty();
        md5 = algorithms.contains(Algorithm.MD5) ? Optional.of(Digest.md5()) : Optional.empty();
        sha256 = algorithms.contains(Algorithm.SHA256) ? Optional.of(Digest.sha256()) : Optional.empty();
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        size += length;
        adler32.ifPresent(a -> a.update(bytes, from, length));
        md5.ifPresent(m -> m.update(bytes, from, length));
        sha256.ifPresent(s -> s.update(bytes, from, length));
    }

    @Override
    public Measured measured() {
        Digests digests = new Digests(
                adler32.map(PassInOneThread::value),
                md5.map(m -> Digest.of(Algorithm.MD5, m.digest())),
                sha256.map(s -> Digest.of(Algorithm.SHA256, s.digest())));
        return new Measured(new ByteSize(size), digests);
    }

    private static Digest value(Adler32 adler32) {
        byte[] value = ByteBuffer.allocate(4).putInt((int) adler32.getValue()).array();
        return Digest.of(Algorithm.ADLER32, value);
    }
}
