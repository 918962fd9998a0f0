package holdfast.server.drivers.s3;

import holdfast.server.drivers.Causes;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong with a call, in words for people, and what it says of the call's effect. */
final class Failures {
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    private Failures() {}

    static String words(SdkException failure) {
        return switch (failure) {
            case AwsServiceException answer -> answered(answer);
            case ApiCallTimeoutException _ -> "the endpoint did not answer in time";
            case SdkException other -> unresolved(other).orElseGet(() -> other.getMessage() + because(other));
        };
    }

    /** The SDK's own words for a name that leads nowhere hide the reason. */
    private static Optional<String> unresolved(SdkException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException unknown) {
                return Optional.of("the endpoint cannot be reached: " + unknown.getMessage());
            }
        }
        return Optional.empty();
    }

    private static String answered(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code =
                details == null ? "" : Optional.ofNullable(details.errorCode()).orElse("");
        String message = details == null
                ? ""
                : Optional.ofNullable(details.errorMessage()).orElse("");
        String hint = switch (code) {
            case "QuotaExceeded" -> "the quota is full";
            case "SignatureDoesNotMatch", "InvalidAccessKeyId" ->
                "the endpoint does not accept the key of the secret file";
            case "RequestTimeTooSkewed" -> "this machine's clock differs too much from the endpoint's";
            // A HEAD has no room for the reason.
            case "", "Forbidden" ->
                answer.statusCode() == 403 ? "it does not accept the key of the secret file, or not for this" : "";
            default -> "";
        };
        return "the endpoint answered "
                + Stream.of(String.valueOf(answer.statusCode()), code, message, hint)
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(", "));
    }

    private static String because(SdkException failure) {
        return switch (failure.getCause()) {
            case IOException cause -> {
                String words = Causes.of(cause);
                yield String.valueOf(failure.getMessage()).contains(words) ? "" : ": " + words;
            }
            case null, default -> "";
        };
    }

    /** Whether the same request may well work in a moment: a connection that broke, an endpoint that has too much to do. */
    static boolean isPassing(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            AwsErrorDetails details = answer.awsErrorDetails();
            boolean tooSlow = details != null && "RequestTimeout".equals(details.errorCode());
            return PASSING.contains(answer.statusCode()) || answer.isThrottlingException() || tooSlow;
        }
        boolean broke = false;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof Stalled || cause instanceof SocketTimeoutException) {
                // It was waited for already.
                return false;
            }
            broke = broke || cause instanceof IOException;
        }
        return broke;
    }

    static boolean isAbsence(SdkException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() == 404;
    }

    /**
     * Whether something stood at the key of a conditional write (412), or came there meanwhile (409). Some endpoints say
     * it with 304, which RFC 9110 keeps for reads.
     */
    static boolean isOccupied(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && Set.of(412, 409, 304).contains(answer.statusCode());
    }

    static boolean isUnsupported(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && (answer.statusCode() == 501 || answer.statusCode() == 405);
    }

    /** Whether the endpoint said that it did not do what it was asked; else it may have done it, or may yet. */
    static boolean isRefusal(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && (answer.statusCode() / 100 == 4 || answer.statusCode() == 501 || answer.isThrottlingException());
    }
}
