package holdfast.server.drivers.s3;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.Met;
import holdfast.storage.StorageDriver.Knock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Somebody who must not be let in, at the door of one bucket: signs nothing, or with the keys of a non-member. Asks for an
 * object's head, its first byte and one name of the bucket, and reads nothing else.
 *
 * @param client shows who it is
 * @param http used by nobody else
 */
record Outsider(S3Client client, SdkHttpClient http, S3Settings.Place place) implements AutoCloseable {
    /** The endpoint refused the keys and not their owner: that tells nothing of a non-member. */
    private static final Set<String> BAD_KEYS =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidSecurity");

    /** Knocks at an object and at the bucket that it is in. */
    Knock knock(String key) {
        return Met.all(List.of(
                ask("HEAD", s3 -> s3.headObject(r -> r.bucket(place.bucket()).key(key))),
                ask("GET", s3 -> firstByte(s3, key)),
                ask(
                        "the list",
                        s3 -> s3.listObjectsV2(r ->
                                r.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1)))));
    }

    private void firstByte(S3Client s3, String key) {
        try (var _ = s3.getObject(r -> r.bucket(place.bucket()).key(key).range("bytes=0-0"))) {
            // It was given: that is all there is to know.
        } catch (IOException e) {
            throw SdkException.create(Causes.of(e), e);
        }
    }

    private Met ask(String what, Consumer<S3Client> call) {
        try {
            call.accept(client);
            return new Met.LetIn(what + " was answered");
        } catch (AwsServiceException answer) {
            return met(what, answer);
        } catch (SdkException e) {
            return new Met.Unclear(what + ": " + Failures.words(e));
        }
    }

    /** 404 to somebody else, of what we see there, hides it; 416 tells that it is there, and empty. */
    private static Met met(String what, AwsServiceException answer) {
        String code = Optional.ofNullable(answer.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
        String how = "%s answered %d".formatted(what, answer.statusCode()) + (code.isEmpty() ? "" : " " + code);
        if (BAD_KEYS.contains(code)) {
            return new Met.Unclear(how + ": the keys of the non-member are not those of anybody there");
        }
        return switch (answer.statusCode()) {
            case 401, 403, 404, 405 -> new Met.Refused(how);
            case 416 -> new Met.LetIn(how);
            default -> new Met.Unclear(how);
        };
    }

    @Override
    public void close() {
        client.close();
        http.close();
    }
}
