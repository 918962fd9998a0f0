package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.vocabulary.StorageName;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link Rses} as rules ask them. */
public final class RseElements implements RuleElements {
    private final Rses rses;

    public RseElements(Rses rses) {
        this.rses = rses;
    }

    @Override
    public Set<StorageName> matching(String expression) {
        try {
            return rses.matching(expression).stream().map(Rse::name).collect(Collectors.toSet());
        } catch (RucioError bad) {
            throw RucioError.conflict(bad.kind(), bad.text());
        }
    }

    @Override
    public boolean isWritable(StorageName element) {
        return rses.maybe(element).map(r -> r.availability().write()).orElse(false);
    }

    @Override
    public StorageName named(String name) {
        return rses.find(name).name();
    }

    @Override
    public Optional<String> attribute(StorageName element, String key) {
        return rses.maybe(element).flatMap(r -> r.attribute(key));
    }

    @Override
    public UUID id(StorageName element) {
        return Rse.idOf(element);
    }
}
