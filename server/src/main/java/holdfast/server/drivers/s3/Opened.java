package holdfast.server.drivers.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes of an object, for one pass. What the SDK says of them while they come is an {@link IOException} here. */
final class Opened extends FilterInputStream {
    private final ResponseInputStream<GetObjectResponse> bytes;
    private boolean ended;

    private Opened(ResponseInputStream<GetObjectResponse> bytes) {
        super(bytes);
        this.bytes = bytes;
    }

    /** @throws SdkException when the object cannot be had */
    static Opened of(Bucket bucket, String key, Optional<String> version) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket.name()).key(key);
        version.ifPresent(request::versionId);
        if (bucket.hasChecksums()) {
            request.checksumMode(ChecksumMode.ENABLED);
        }
        return new Opened(bucket.client().getObject(request.build()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        try {
            int read = in.read(into, from, length);
            ended |= read < 0;
            return read;
        } catch (SdkException e) {
            throw new IOException(Failures.words(e), e);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What was not read to its end is not fetched to its end either. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            bytes.abort();
        }
        try {
            in.close();
        } catch (SdkException e) {
            throw new IOException(Failures.words(e), e);
        }
    }
}
