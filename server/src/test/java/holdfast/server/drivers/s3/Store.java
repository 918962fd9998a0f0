package holdfast.server.drivers.s3;

import holdfast.server.drivers.Start;
import holdfast.server.grid.CephGateway;
import holdfast.server.grid.Relay;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A bucket of a store for one test, the way to it that the test may cut, and the keys of its owner.
 *
 * @param folder where the secret file lies
 */
record Store(URI url, String accessKey, String secretKey, String bucket, Relay relay, Path folder)
        implements AutoCloseable {
    static final String NAME = "LAB-OBJECTS";
    static final long PART = S3Settings.SMALLEST_PART;

    static Store of(URI url, String accessKey, String secretKey, Path folder) {
        String bucket = "b-" + UUID.randomUUID();
        return new Store(url, accessKey, secretKey, bucket, new Relay(url.getPort()), folder);
    }

    /** A bucket to be made at the Ceph of this JVM. */
    static Store onCeph(Path folder) {
        CephGateway ceph = CephGateway.shared();
        CephGateway.User user = ceph.anybody();
        return of(ceph.url(), user.accessKey(), user.secretKey(), folder);
    }

    Store make(boolean withLock) {
        try (S3Client owner = owner()) {
            owner.createBucket(b -> b.bucket(bucket).objectLockEnabledForBucket(withLock ? true : null));
        }
        return this;
    }

    /** Speaks with the store as its owner, past the relay. */
    S3Client owner() {
        return S3Client.builder()
                .endpointOverride(url)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .requestChecksumCalculation(
                        software.amazon.awssdk.core.checksums.RequestChecksumCalculation.WHEN_REQUIRED)
                .build();
    }

    S3Settings settings(boolean modern, OptionalInt lockDays) {
        return new S3Settings(
                new S3Settings.Endpoint(URI.create("http://127.0.0.1:" + relay.port()), "us-east-1", true, modern),
                new S3Settings.Place(bucket, "lab/"),
                new S3Settings.Keys(secret(accessKey + "\n" + secretKey + "\n"), Optional.empty()),
                PART,
                lockDays,
                Duration.ofSeconds(10),
                folder.resolve("parts"));
    }

    /** A secret file that only its owner reads. */
    Path secret(String text) {
        try {
            Path file = folder.resolve("secret-" + UUID.randomUUID());
            Files.writeString(file, text);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static S3Driver driver(S3Settings settings) {
        return driver(settings, Instant.now());
    }

    static S3Driver driver(S3Settings settings, Instant started) {
        return new S3Driver(
                new StorageName(NAME),
                settings,
                new Start(UUID.randomUUID(), started),
                Instant::now,
                SystemDefaultDnsResolver.INSTANCE);
    }

    @Override
    public void close() {
        relay.close();
    }
}
