package holdfast.server.api.holdfast;

import holdfast.formats.Result.BadFile;
import holdfast.journal.BadEntry;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Database;
import holdfast.server.work.ActRefused;
import holdfast.server.work.Acts;
import holdfast.vocabulary.BadWord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong into an answer that says what, and who must act. */
@RestControllerAdvice(basePackageClasses = Problems.class)
class Problems {
    private static final Logger LOG = System.getLogger(Problems.class.getName());

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

    private static ResponseEntity<Body> answer(Problem problem, Exception told) {
        return ResponseEntity.status(problem.status())
                .body(new Body(problem.name(), problem.acts().name(), String.valueOf(told.getMessage())));
    }
}
