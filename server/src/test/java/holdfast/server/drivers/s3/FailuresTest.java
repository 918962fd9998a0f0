package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "500, InternalError, true",
        "503, SlowDown, true",
        "503, ServiceUnavailable, true",
        "502, '', true",
        "504, '', true",
        "408, '', true",
        "429, TooManyRequests, true",
        "400, RequestTimeout, true",
        "400, BadDigest, false",
        "403, QuotaExceeded, false",
        "403, SignatureDoesNotMatch, false",
        "404, NoSuchUpload, false",
        "501, NotImplemented, false",
    })
    void whatPassesByItselfIsToldFromWhatDoesNot(int status, String code, boolean passes) {
        SdkException answer = S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
        assertThat(Failures.isPassing(answer)).isEqualTo(passes);
    }

    @Test
    void aBrokenConnectionPassesAndASilentEndpointWasWaitedForAlready() {
        assertThat(Failures.isPassing(client(new SocketException("Connection reset"))))
                .isTrue();
        assertThat(Failures.isPassing(client(new ConnectException("refused")))).isTrue();
        assertThat(Failures.isPassing(client(new SocketTimeoutException("Read timed out"))))
                .isFalse();
        assertThat(Failures.isPassing(client(new Stalled(Duration.ofSeconds(30), new IOException("Request aborted")))))
                .isFalse();
        assertThat(Failures.isPassing(SdkClientException.create("refused to speak to another")))
                .isFalse();
    }

    private static SdkException client(IOException because) {
        return SdkClientException.create("Unable to execute HTTP request", because);
    }
}
