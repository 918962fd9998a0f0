package holdfast.formats;

import holdfast.plan.Sites;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names that a clause may refer to.
 *
 * @param files classes that files belong to; the others are of records
 */
record PlanScope(Sites sites, Reach reach, Set<String> lifetimes, Set<LevelId> levels, Map<ClassId, Boolean> files) {
    PlanScope(Sites sites, Set<String> lifetimes, Set<LevelId> levels, Map<ClassId, Boolean> files) {
        this(sites, new Reach(sites), new TreeSet<>(lifetimes), levels, files);
    }

    Set<String> tables() {
        return new TreeSet<>(sites.agreements().keySet());
    }

    List<String> classNames() {
        return files.keySet().stream().map(ClassId::name).toList();
    }

    /** A site of the sites file; any other is a finding. */
    Optional<SiteName> site(Item.Word word, Findings findings) {
        List<String> known = sites.names().stream().map(SiteName::name).sorted().toList();
        if (known.contains(word.text())) {
            return Optional.of(new SiteName(word.text()));
        }
        findings.unknown(word.spot(), "site", word.text(), known);
        return Optional.empty();
    }
}
