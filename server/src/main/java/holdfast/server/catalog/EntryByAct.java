package holdfast.server.catalog;

import holdfast.access.Audiences;
import holdfast.plan.Plan;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Levels that files enter by signed acts alone: no client makes one there, whoever it is. */
final class EntryByAct {
    private EntryByAct() {}

    /** Those of some names in whose scopes no client makes a file. */
    static List<DataId> closed(Plan plan, Collection<DataId> ids) {
        Audiences audiences = new Audiences(plan);
        var scopes = ids.stream()
                .map(DataId::scope)
                .distinct()
                .filter(scope -> audiences.entryOnlyByAct(scope).isPresent())
                .collect(Collectors.toSet());
        return scopes.isEmpty()
                ? List.of()
                : ids.stream().filter(id -> scopes.contains(id.scope())).toList();
    }

    /** 401 AccessDenied, with the level and what to do, for the first of these new files that may not be made so. */
    static void refuse(Plan plan, Collection<DataId> fresh) {
        closed(plan, fresh).stream().findFirst().ifPresent(id -> {
            Scope scope = id.scope();
            throw RucioError.denied(id + ": "
                    + new Audiences(plan).entryOnlyByAct(scope).orElse("files come into scope " + scope + " by acts"));
        });
    }
}
