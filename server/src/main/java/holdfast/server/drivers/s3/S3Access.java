package holdfast.server.drivers.s3;

import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The clients of one element's endpoint, which take nothing from the environment of this process. One is for all that can
 * be tried again, and signs whole bodies; the other sends streams, once, and signs them piece by piece.
 */
final class S3Access implements AutoCloseable {
    private static final int CONNECTIONS = 64;

    /** A stalled upload is ended by its {@link StallWatch}, not by its length. */
    private static final Duration AS_LONG_AS_IT_MOVES = Duration.ofDays(7);

    private final SdkHttpClient http;
    private final S3Client client;
    private final S3Client streams;
    private final S3Presigner presigner;

    S3Access(S3Settings settings, DnsResolver addresses) {
        S3Settings.Endpoint endpoint = settings.endpoint();
        SecretFile secret = new SecretFile(settings.keys().own());
        http = ownHttp(settings, addresses);
        client = questions(settings, http, secret);
        streams = builder(endpoint, http, secret)
                .serviceConfiguration(style(endpoint, true))
                .overrideConfiguration(o -> o.apiCallTimeout(AS_LONG_AS_IT_MOVES)
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .defaultProfileFile(noProfiles()))
                .build();
        presigner = S3Presigner.builder()
                .endpointOverride(endpoint.url())
                .region(Region.of(endpoint.region()))
                .credentialsProvider(secret)
                .serviceConfiguration(style(endpoint, false))
                .disableS3ExpressSessionAuth(true)
                .build();
    }

    /** Somebody who must not be let in, with connections that nobody else uses. */
    static Outsider outsider(S3Settings settings, DnsResolver addresses, AwsCredentialsProvider shows) {
        SdkHttpClient own = ownHttp(settings, addresses);
        return new Outsider(questions(settings, own, shows), own, settings.place());
    }

    /** For small questions, which may be asked again. */
    private static S3Client questions(S3Settings settings, SdkHttpClient http, AwsCredentialsProvider secret) {
        return builder(settings.endpoint(), http, secret)
                .serviceConfiguration(style(settings.endpoint(), false))
                .overrideConfiguration(o -> o.apiCallTimeout(settings.answersWithin())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy())
                        .defaultProfileFile(noProfiles()))
                .build();
    }

    private static S3ClientBuilder builder(
            S3Settings.Endpoint endpoint, SdkHttpClient http, AwsCredentialsProvider secret) {
        boolean modern = endpoint.modernChecksums();
        return S3Client.builder()
                .endpointOverride(endpoint.url())
                .region(Region.of(endpoint.region()))
                .credentialsProvider(secret)
                .disableS3ExpressSessionAuth(true)
                .requestChecksumCalculation(
                        modern ? RequestChecksumCalculation.WHEN_SUPPORTED : RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(
                        modern ? ResponseChecksumValidation.WHEN_SUPPORTED : ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClient(http);
    }

    private static S3Configuration style(S3Settings.Endpoint endpoint, boolean inPieces) {
        return S3Configuration.builder()
                .pathStyleAccessEnabled(endpoint.pathStyle())
                .chunkedEncodingEnabled(inPieces)
                .build();
    }

    private static SdkHttpClient ownHttp(S3Settings settings, DnsResolver addresses) {
        return new OwnEndpoint(
                http(settings, addresses), settings.endpoint().url(), ownHost(settings), settings.answersWithin());
    }

    private static SdkHttpClient http(S3Settings settings, DnsResolver addresses) {
        return Apache5HttpClient.builder()
                .dnsResolver(addresses)
                .maxConnections(CONNECTIONS)
                .connectionTimeout(settings.answersWithin())
                .connectionAcquisitionTimeout(settings.answersWithin())
                .socketTimeout(settings.answersWithin())
                .expectContinueEnabled(false)
                // A proxy would look names up by itself, past the addresses that are allowed.
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .build();
    }

    private static String ownHost(S3Settings settings) {
        URI url = settings.endpoint().url();
        return settings.endpoint().pathStyle()
                ? url.getHost()
                : settings.place().bucket() + "." + url.getHost();
    }

    private static ProfileFile noProfiles() {
        return ProfileFile.aggregator().build();
    }

    S3Client client() {
        return client;
    }

    /** For bodies that come only once. */
    S3Client streams() {
        return streams;
    }

    S3Presigner presigner() {
        return presigner;
    }

    @Override
    public void close() {
        client.close();
        streams.close();
        http.close();
        presigner.close();
    }
}
