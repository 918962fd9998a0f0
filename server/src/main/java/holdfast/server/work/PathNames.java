package holdfast.server.work;

import holdfast.ingest.NamingPolicy;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which files could lie at a path, by the naming policy; a path drops a name's leading slash, so there may be two. */
final class PathNames {
    private static final Pattern WRITING = Pattern.compile("\\.rewritten-([0-9]{1,4})/(.+)");

    private final NamingPolicy naming;

    PathNames(NamingPolicy naming) {
        this.naming = naming;
    }

    /** Where a file's bytes of one writing would lie. */
    record Place(DataId id, int writing, StoragePath path) {}

    List<Place> of(StoragePath path) {
        Matcher rewritten = WRITING.matcher(path.path());
        boolean again = rewritten.matches();
        String plain = again ? rewritten.group(2) : path.path();
        int writing = again ? Integer.parseInt(rewritten.group(1)) : 0;
        List<Place> places = new ArrayList<>(2);
        for (DataId id : ids(plain)) {
            if (path(id, writing).equals(Optional.of(path))) {
                places.add(new Place(id, writing, path));
            }
        }
        return places;
    }

    private Optional<StoragePath> path(DataId id, int writing) {
        try {
            return Optional.of(StoragePath.of(id, naming.layout(), writing));
        } catch (BadWord noName) {
            return Optional.empty();
        }
    }

    private List<DataId> ids(String plain) {
        int slash = plain.indexOf('/');
        return switch (naming.layout()) {
            case NAME -> ids(Optional.empty(), plain);
            case SCOPE_AND_NAME ->
                slash < 1 ? List.of() : ids(Optional.of(plain.substring(0, slash)), plain.substring(slash + 1));
        };
    }

    private List<DataId> ids(Optional<String> scope, String name) {
        List<DataId> ids = new ArrayList<>(2);
        for (String spelling : List.of(name, "/" + name)) {
            try {
                scope.map(Scope::new)
                        .or(() -> naming.scopeOf(spelling, any -> true))
                        .map(s -> new DataId(s, spelling))
                        .ifPresent(ids::add);
            } catch (BadWord noWord) {
                // No file of ours is called so.
                continue;
            }
        }
        return ids;
    }
}
