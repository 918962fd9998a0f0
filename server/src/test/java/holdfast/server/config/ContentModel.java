package holdfast.server.config;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.vocabulary.DataId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What may be done with collections and what they hold then, in plain maps and without a thought for speed. */
final class ContentModel {
    private static final String DONE = "done";
    private static final String MISSING = "DataIdentifierNotFound";
    private static final String NEVER = "UnsupportedOperation";

    final Set<DataId> files = new HashSet<>();
    private final Map<DataId, One> collections = new HashMap<>();

    private static final class One {
        private final Kind kind;
        private final boolean monotonic;
        private boolean open = true;
        private boolean removed;
        private final Set<DataId> content = new TreeSet<>();

        One(Kind kind, boolean monotonic) {
            this.kind = kind;
            this.monotonic = monotonic;
        }
    }

    private boolean isCollection(DataId id) {
        return collections.containsKey(id) && !collections.get(id).removed;
    }

    boolean stands(DataId id) {
        return files.contains(id) || isCollection(id);
    }

    String make(DataId id, Kind kind, boolean monotonic) {
        if (files.contains(id) || collections.containsKey(id)) {
            return "DataIdentifierAlreadyExists";
        }
        collections.put(id, new One(kind, monotonic));
        return DONE;
    }

    String attach(DataId parent, List<DataId> children, boolean passOver) {
        if (!isCollection(parent)) {
            return files.contains(parent) ? NEVER : MISSING;
        }
        One one = collections.get(parent);
        if (!one.open) {
            return NEVER;
        }
        boolean dataset = one.kind == Kind.DATASET;
        Set<DataId> added = new TreeSet<>();
        for (DataId child : children) {
            if (!stands(child)) {
                return MISSING;
            }
            if (files.contains(child) != dataset) {
                return NEVER;
            }
            if (one.content.contains(child) || !added.add(child)) {
                if (!passOver) {
                    return dataset ? "FileAlreadyExists" : "DuplicateContent";
                }
            }
        }
        for (DataId child : added) {
            if (!dataset && reaches(child, parent)) {
                return NEVER;
            }
        }
        one.content.addAll(added);
        return DONE;
    }

    private boolean reaches(DataId from, DataId to) {
        return from.equals(to)
                || isCollection(from) && collections.get(from).content.stream().anyMatch(child -> reaches(child, to));
    }

    String detach(DataId parent, List<DataId> children) {
        if (!isCollection(parent)) {
            return files.contains(parent) ? NEVER : MISSING;
        }
        One one = collections.get(parent);
        if (!one.open || one.monotonic) {
            return NEVER;
        }
        if (!one.content.containsAll(children)) {
            return MISSING;
        }
        children.forEach(one.content::remove);
        return DONE;
    }

    String close(DataId id) {
        if (!isCollection(id)) {
            return files.contains(id) ? NEVER : MISSING;
        }
        One one = collections.get(id);
        if (!one.open) {
            return NEVER;
        }
        one.open = false;
        return DONE;
    }

    String open(DataId id) {
        if (!isCollection(id)) {
            return files.contains(id) ? NEVER : MISSING;
        }
        One one = collections.get(id);
        if (one.open) {
            return NEVER;
        }
        one.open = true;
        return DONE;
    }

    String expire(DataId id) {
        if (!isCollection(id)) {
            return files.contains(id) ? NEVER : MISSING;
        }
        collections.get(id).removed = true;
        collections.get(id).content.clear();
        collections.values().forEach(other -> other.content.remove(id));
        return DONE;
    }

    String resurrect(DataId id) {
        if (!collections.containsKey(id)) {
            return MISSING;
        }
        One one = collections.get(id);
        if (!one.removed) {
            return MISSING;
        }
        one.removed = false;
        one.open = true;
        return DONE;
    }

    Set<DataId> children(DataId id) {
        return collections.get(id).content;
    }

    Set<DataId> below(DataId id) {
        Set<DataId> below = new TreeSet<>();
        for (DataId child : collections.get(id).content) {
            if (files.contains(child)) {
                below.add(child);
            } else {
                below.addAll(below(child));
            }
        }
        return below;
    }

    /** Each dataset below once, with all that it holds. */
    long counted(DataId id) {
        return datasets(id).stream()
                .mapToLong(d -> collections.get(d).content.size())
                .sum();
    }

    private Set<DataId> datasets(DataId id) {
        Set<DataId> found = new TreeSet<>();
        if (collections.get(id).kind == Kind.DATASET) {
            found.add(id);
        } else {
            collections.get(id).content.forEach(child -> found.addAll(datasets(child)));
        }
        return found;
    }

    Set<DataId> parents(DataId child) {
        Set<DataId> parents = new TreeSet<>();
        collections.forEach((id, one) -> {
            if (!one.removed && one.content.contains(child)) {
                parents.add(id);
            }
        });
        return parents;
    }
}
