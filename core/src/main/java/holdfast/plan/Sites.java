package holdfast.plan;

import holdfast.storage.StorageElement;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sites file beside the plan: storage elements and the agreements between their sites.
 *
 * @param landing the element at which new files arrive first
 * @param digest SHA-256 of the file's bytes
 */
public record Sites(
        Map<StorageName, StorageElement> elements,
        Map<String, Agreement> agreements,
        StorageName landing,
        String timeZone,
        Digest digest) {

    public Sites {
        elements = java.util.Collections.unmodifiableMap(new TreeMap<>(elements));
        agreements = Map.copyOf(agreements);
    }

    public Optional<StorageElement> element(StorageName name) {
        return Optional.ofNullable(elements.get(name));
    }

    public Collection<StorageElement> all() {
        return elements.values();
    }

    public Set<SiteName> names() {
        return elements.values().stream().map(StorageElement::site).collect(Collectors.toSet());
    }
}
