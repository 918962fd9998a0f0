package holdfast.server.api.holdfast;

import holdfast.formats.Result.BadFile;
import holdfast.journal.BadEntry;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Database;
import holdfast.server.work.ActRefused;
import holdfast.server.work.Acts;
import holdfast.vocabulary.BadWord;
import java.io.EOFException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** Turns what went wrong into an answer that says what, and who must act. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {
    private static final Logger LOG = System.getLogger(Problems.class.getName());
    /** In seconds (RFC 9110, section 10.2.3). */
    private static final String BUSY_FOR = "60";

    /** What an argument of a type may be, in words. */
    private static final Map<Class<?>, String> ALLOWED = Map.of(
            int.class, "a whole number",
            long.class, "a whole number",
            Long.class, "a whole number",
            boolean.class, "true or false",
            UUID.class, "an id such as 018f3c1e-7b1a-7c3d-9e2f-0a1b2c3d4e5f",
            Instant.class, "a moment of the years 1 to 9999, such as 2026-11-23T12:00:00Z");

    /** The answer's body. */
    record Body(String error, String acts, String message) {}

    @ExceptionHandler(Problem.Told.class)
    ResponseEntity<Body> told(Problem.Told told) {
        return answer(told.problem(), told);
    }

    @ExceptionHandler({BadWord.class, IllegalArgumentException.class, BadFile.class})
    ResponseEntity<Body> bad(RuntimeException bad) {
        return answer(Problem.BAD_REQUEST, bad);
    }

    @ExceptionHandler(ActRefused.class)
    ResponseEntity<Body> refused(ActRefused refused) {
        return answer(Problem.REFUSED, refused);
    }

    @ExceptionHandler(Acts.OutcomeUnknown.class)
    ResponseEntity<Body> unknown(Acts.OutcomeUnknown unknown) {
        return answer(Problem.UNKNOWN_OUTCOME, unknown);
    }

    @ExceptionHandler(BadEntry.class)
    ResponseEntity<Body> bad(BadEntry bad) {
        return answer(Problem.BAD_REQUEST, bad);
    }

    @ExceptionHandler(Database.UnknownCommit.class)
    ResponseEntity<Body> unknown(Database.UnknownCommit unknown) {
        return answer(Problem.UNKNOWN_OUTCOME, unknown);
    }

    @ExceptionHandler(Database.Failed.class)
    ResponseEntity<Body> database(Database.Failed failed) {
        LOG.log(Level.WARNING, "the database failed a request", failed);
        return answer(Problem.UNAVAILABLE, failed);
    }

    @ExceptionHandler(RucioError.class)
    ResponseEntity<Body> rucio(RucioError error) {
        return answer(
                switch (error.status()) {
                    case 404 -> Problem.NOT_FOUND;
                    case 409 -> Problem.REFUSED;
                    case 503 -> Problem.UNKNOWN_OUTCOME;
                    default -> Problem.BAD_REQUEST;
                },
                error);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Body> argument(MethodArgumentTypeMismatchException bad) {
        String is = "%s is '%s'".formatted(bad.getName(), bad.getValue());
        Class<?> asked = bad.getParameter().nestedIfOptional().getNestedParameterType();
        return said(is + "; give " + ALLOWED.getOrDefault(asked, "another"));
    }

    @ExceptionHandler(MissingServletRequestParameterException.class)
    ResponseEntity<Body> missing(MissingServletRequestParameterException missing) {
        return said(missing.getParameterName() + " is missing; give it in the address, behind a '?'");
    }

    @ExceptionHandler({HttpMessageNotReadableException.class, JacksonException.class})
    ResponseEntity<Body> unreadable(Exception unreadable) {
        Throwable cause = unreadable.getCause() == null ? unreadable : unreadable.getCause();
        String why = cause instanceof JacksonException json ? json.getOriginalMessage() : "there is none";
        return said("the body is not what this route takes: " + why);
    }

    /** A pack that breaks off. */
    @ExceptionHandler(EOFException.class)
    ResponseEntity<Body> brokenOff(EOFException end) {
        return answer(Problem.BAD_REQUEST, end);
    }

    private static ResponseEntity<Body> said(String message) {
        return answer(Problem.BAD_REQUEST, new Problem.Told(Problem.BAD_REQUEST, message));
    }

    private static ResponseEntity<Body> answer(Problem problem, Exception told) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.status());
        if (problem == Problem.BUSY) {
            answer.header(HttpHeaders.RETRY_AFTER, BUSY_FOR);
        }
        return answer
                // Whatever the client accepts: to have no form for what went wrong would be a fault of ours, and 500.
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Body(problem.name(), problem.acts().name(), String.valueOf(told.getMessage())));
    }
}
