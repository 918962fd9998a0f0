package holdfast.server.drivers.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** The checksums by which an object store can say what it took: MD5 (RFC 1321) in its ETag, CRC-32 beside it. */
final class Sums {
    private final MessageDigest md5 = newMd5();
    private final CRC32 crc32 = new CRC32();

    void update(byte[] bytes, int from, int length) {
        md5.update(bytes, from, length);
        crc32.update(bytes, from, length);
    }

    /** What these bytes are known by; ends the summing. */
    Known known() {
        byte[] crc = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) crc32.getValue())
                .array();
        return new Known(md5.digest(), Optional.of(Base64.getEncoder().encodeToString(crc)), "");
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /**
     * The sums of what was sent.
     *
     * @param md5 of the bytes, or of the MD5s of the parts
     * @param crc32 base64 of the four bytes; empty where only those of the parts are known
     * @param suffix what an ETag has behind the MD5: the number of parts, or nothing
     */
    record Known(byte[] md5, Optional<String> crc32, String suffix) {
        String etag() {
            return HexFormat.of().formatHex(md5) + suffix;
        }

        String md5Base64() {
            return Base64.getEncoder().encodeToString(md5);
        }

        /**
         * Compares with what came back; a checksum that is none of ours proves nothing, and an ETag only where it is one.
         *
         * @return what differs, in words; empty when nothing that can be compared does
         */
        Optional<String> differs(Answered answered) {
            if (crc32.isPresent() && answered.crc32().isPresent()) {
                return crc32.equals(answered.crc32())
                        ? Optional.empty()
                        : Optional.of("its CRC-32 is %s, of what was sent %s"
                                .formatted(answered.crc32().get(), crc32.get()));
            }
            boolean isMd5 = answered.isPlain() && answered.etag().matches("[0-9a-fA-F]{32}(-[0-9]{1,5})?");
            return !isMd5 || answered.etag().equalsIgnoreCase(etag())
                    ? Optional.empty()
                    : Optional.of("its ETag is %s, of what was sent %s".formatted(answered.etag(), etag()));
        }
    }

    /**
     * What the endpoint says of an object.
     *
     * @param etag without quotes
     * @param isPlain whether it says of no encryption, under which an ETag is no MD5
     */
    record Answered(String etag, Optional<String> crc32, boolean isPlain) {}
}
