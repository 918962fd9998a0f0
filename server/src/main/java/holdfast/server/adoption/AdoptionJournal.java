package holdfast.server.adoption;

import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.SqlJournal;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Appends what a batch comes to, in one transaction during which its scopes stay observed. */
final class AdoptionJournal {
    private static final Actor ADOPTION = new Actor("adoption");
    private static final int TRIES = 3;
    private static final int UNAVAILABLE = 503;

    private final SqlJournal journal;

    AdoptionJournal(SqlJournal journal) {
        this.journal = journal;
    }

    /** What a batch comes to as the rows stand now. */
    record Step<T>(List<Fact> facts, T answer) {}

    /** Decides on a batch under the locks that it takes. */
    @FunctionalInterface
    interface Deciding<T> {
        Step<T> on(Connection connection) throws SQLException;
    }

    /** 409 where one of these scopes is managed here. */
    <T> T append(Collection<Scope> scopes, Deciding<T> deciding) {
        String why = "";
        for (int i = 0; i < TRIES; i++) {
            Holder<T> last = new Holder<>();
            Appended appended = journal.appendAll(ADOPTION, connection -> {
                refuseManaged(connection, scopes);
                last.step = deciding.on(connection);
                return last.step.facts;
            });
            Step<T> step = java.util.Objects.requireNonNull(last.step);
            switch (appended) {
                case Appended.Done _ -> {
                    return step.answer;
                }
                case Appended.Unknown unknown ->
                    throw RucioError.of(
                            UNAVAILABLE,
                            "DatabaseException",
                            "not known whether the batch was taken over (" + unknown.why() + "); send it again");
                case Appended.Refused refused -> {
                    if (step.facts.isEmpty()) {
                        return step.answer;
                    }
                    why = refused.why();
                }
            }
        }
        throw RucioError.of(
                UNAVAILABLE, "DatabaseException", "others change these names just now (" + why + "); send it again");
    }

    private static final class Holder<T> {
        private @org.jspecify.annotations.Nullable Step<T> step;
    }

    /** 409 where one of these scopes is managed here; the others stay observed until the transaction ends. */
    static void refuseManaged(Connection connection, Collection<Scope> scopes) throws SQLException {
        Set<Scope> wanted = new TreeSet<>(scopes);
        wanted.removeAll(ObservedScopes.keep(connection, wanted));
        if (!wanted.isEmpty()) {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "scope %s is not observed here: nothing is taken over into a scope that this house manages; name it among the scopes to adopt first, and if it was refused there, leave it out"
                            .formatted(wanted.iterator().next()));
        }
    }
}
