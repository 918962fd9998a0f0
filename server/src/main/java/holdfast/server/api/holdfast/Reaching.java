package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.plan.Sites;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Optional;

/** What somebody who looks after storage asks of elements: of one, or of all within their reach. */
final class Reaching {
    private Reaching() {}

    /** @param asked empty for all; one that is not there is told before whose it is: elements are no secret to members */
    static List<StorageName> elements(Sites sites, Optional<String> asked, Reach reach) {
        if (asked.isEmpty()) {
            return sites.all().stream()
                    .filter(element -> reach.has(element.site()))
                    .map(StorageElement::name)
                    .toList();
        }
        StorageName name = new StorageName(asked.get());
        StorageElement element = sites.element(name)
                .orElseThrow(() -> new Problem.Told(Problem.NOT_FOUND, "the sites file names no element " + name));
        require(element.site(), reach);
        return List.of(name);
    }

    static void require(SiteName site, Reach reach) {
        if (!reach.has(site)) {
            throw new Problem.Told(Problem.FORBIDDEN, "you do not look after the storage of site " + site);
        }
    }
}
