package holdfast.server.catalog;

import holdfast.ingest.NamingPolicy;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whether names may be given, by the policy in force; for one call. */
final class NameCheck {
    private final NamingPolicy naming;
    private final Predicate<Scope> scopes;
    private final Set<Scope> known = new HashSet<>();

    NameCheck(NamingPolicy naming, Predicate<Scope> scopes) {
        this.naming = naming;
        this.scopes = scopes;
    }

    /** 404, as where it does not exist, for a scope that is hidden. */
    static void mustKnow(Collection<DataId> ids, Visible sees) {
        if (!sees.isWhole()) {
            ids.stream().filter(id -> !sees.allows(id)).findFirst().ifPresent(id -> {
                throw notFound(id.scope());
            });
        }
    }

    private static RucioError notFound(Scope scope) {
        return RucioError.notFound("ScopeNotFound", "Scope '" + scope + "' not found!");
    }

    /** 404 where the scope does not exist, 400 where the policy refuses the name. */
    void check(DataId id) {
        if (!known.contains(id.scope())) {
            if (!scopes.test(id.scope())) {
                throw notFound(id.scope());
            }
            known.add(id.scope());
        }
        if (naming.name(id.name(), Optional.of(id.scope()), scopes) instanceof NamingPolicy.Named.Refused refused) {
            throw RucioError.invalid(
                    "Problem validating did: %s: %s".formatted(id, String.join("; ", refused.reasons())));
        }
    }
}
