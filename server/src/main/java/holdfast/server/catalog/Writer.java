package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who changes something. What they may not know of is for their change as if it were not there: that is asked of the scope
 * alone and before anything is looked for, so that no answer depends on what is hidden.
 *
 * @param sees what they may know of
 * @param obstacle why their level lets them not write in a scope that they may know of; empty where it does
 */
public record Writer(AccountName account, Visible sees, Function<Scope, Optional<String>> obstacle) {
    private static final Function<Scope, Optional<String>> NONE = scope -> Optional.empty();

    /** The house itself, or who runs it: nothing is hidden. */
    public static Writer whole(AccountName account) {
        return new Writer(account, Visible.EVERYTHING, NONE);
    }

    /** For what no level says anything of but who may know. */
    public static Writer knowing(AccountName account, Visible sees) {
        return new Writer(account, sees, NONE);
    }

    /** 404 DataIdentifierNotFound, as where nothing has the name, for the first name in a scope that is hidden. */
    void mustKnow(Collection<DataId> ids) {
        if (!sees.isWhole()) {
            ids.stream().filter(id -> !sees.allows(id)).findFirst().ifPresent(id -> {
                throw Collections.notFound(id);
            });
        }
    }

    /** 404 ScopeNotFound, as where nobody made the scope, for one that is hidden. */
    void mustKnow(Scope scope) {
        if (!sees.allows(scope)) {
            throw Scopes.notFound();
        }
    }

    /** Like {@link #mustKnow(Collection)}, and 401 AccessDenied where a level is not theirs to write. */
    void mustWrite(Collection<DataId> ids) {
        mustKnow(ids);
        if (obstacle != NONE) {
            Set<Scope> scopes = new HashSet<>();
            ids.forEach(id -> scopes.add(id.scope()));
            scopes.stream()
                    .sorted()
                    .forEach(scope -> obstacle.apply(scope).ifPresent(why -> {
                        throw RucioError.denied(
                                "account %s may not write in scope %s: %s".formatted(account, scope, why));
                    }));
        }
    }
}
