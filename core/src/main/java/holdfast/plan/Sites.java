package holdfast.plan;

import holdfast.storage.StorageElement;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The sites file beside the plan: storage elements and the agreements between their sites.
 *
 * @param landing the element at which new files arrive first
 * @param timeZone of the clock that pages show beside UTC, such as {@code Europe/Rome}
 * @param clockName what that clock is called on pages: the data centre's name
 * @param digest SHA-256 of the file's bytes
 * @param roads how many copies go between them at once, and which way
 */
public record Sites(
        Map<StorageName, StorageElement> elements,
        Map<String, Agreement> agreements,
        StorageName landing,
        String timeZone,
        String clockName,
        Digest digest,
        Roads roads) {

    public Sites {
        elements = java.util.Collections.unmodifiableMap(new TreeMap<>(elements));
        agreements = Map.copyOf(agreements);
    }

    /** Sites between which every road is open. */
    public Sites(
            Map<StorageName, StorageElement> elements,
            Map<String, Agreement> agreements,
            StorageName landing,
            String timeZone,
            String clockName,
            Digest digest) {
        this(elements, agreements, landing, timeZone, clockName, digest, Roads.OPEN);
    }

    /** Sites whose clock is called by its zone. */
    public Sites(
            Map<StorageName, StorageElement> elements,
            Map<String, Agreement> agreements,
            StorageName landing,
            String timeZone,
            Digest digest) {
        this(elements, agreements, landing, timeZone, timeZone, digest);
    }

    /** These sites with other roads. */
    public Sites with(Roads others) {
        return new Sites(elements, agreements, landing, timeZone, clockName, digest, others);
    }

    /** The elements of a site. */
    public List<StorageElement> at(SiteName site) {
        return elements.values().stream().filter(e -> e.site().equals(site)).toList();
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
