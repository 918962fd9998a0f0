package holdfast.custody;

import holdfast.placement.Promise;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was decided about some files before they are attended.
 *
 * @param ordered where copies of them are ordered already
 * @param promised where rules hold them
 * @param observed scopes that another server manages: nothing is ordered for their files
 */
public record Commitments(
        Map<DataId, Set<StorageName>> ordered, Map<DataId, List<Promise>> promised, Set<Scope> observed) {
    public static final Commitments NONE = new Commitments(Map.of(), Map.of(), Set.of());

    boolean isObserved(DataId file) {
        return observed.contains(file.scope());
    }

    Set<StorageName> ordered(DataId file) {
        return ordered.getOrDefault(file, Set.of());
    }

    List<Promise> promised(DataId file) {
        return promised.getOrDefault(file, List.of());
    }
}
