package holdfast.server.work;

import holdfast.access.Audiences;
import holdfast.ingest.Accession;
import holdfast.ingest.Finding;
import holdfast.ingest.Submission;
import holdfast.plan.Plan;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a file may come in at all, before a byte of it is read.
 *
 * @param observed scopes that another server manages
 * @param byAct whether an act brings it
 */
record Admission(Plan plan, Set<Scope> observed, boolean byAct) {

    /** @param isThere whether it is registered: its bytes may come back, whatever its level says of new files */
    Optional<Finding> obstacle(DataId id, Submission said, boolean isThere) {
        if (observed.contains(id.scope())) {
            return Optional.of(observed(id.scope()));
        }
        Optional<Finding> foreseen = Accession.foreseen(id, said, plan);
        return foreseen.isPresent() || byAct || isThere
                ? foreseen
                : new Audiences(plan)
                        .entryOnlyByAct(id.scope())
                        .map(why -> new Finding(Finding.Code.NAME_REFUSED, why));
    }

    private static Finding observed(Scope scope) {
        return new Finding(
                Finding.Code.NOT_WRITTEN,
                "scope %s is observed: another server manages it and nothing comes in here; `holdfast adopt manage %s` proposes the act that ends this"
                        .formatted(scope, scope));
    }
}
