package holdfast.server.catalog;

import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a path the other way: which files a rule would have put there. */
record NamesOfPath(Rse.Naming naming, Function<String, Optional<Scope>> scopeOf) {
    /** Folders that hold a scope at most: {@code user/name}, {@code group/name/part}. */
    private static final int DEEPEST_SCOPE = 3;

    private static final int HASH_FOLDERS = 2;

    List<DataId> of(String path) {
        return switch (naming) {
            case Rse.Naming.OfTheHouse(Layout layout) ->
                switch (layout) {
                    case NAME -> byName(path);
                    case SCOPE_AND_NAME -> beforeFirstSlash(path);
                };
            case Rse.Naming.ByRule rule ->
                switch (rule.algorithm()) {
                    case NAME -> byName(path);
                    case IDENTITY -> byRule(path, rule.algorithm(), 0);
                    case HASH -> byRule(path, rule.algorithm(), HASH_FOLDERS);
                };
            case Rse.Naming.Stated stated -> List.of();
        };
    }

    /** With and without the slash that a path never begins with. */
    private List<DataId> byName(String path) {
        List<DataId> found = new ArrayList<>();
        for (String name : List.of("/" + path, path)) {
            scopeOf.apply(name).flatMap(scope -> id(scope.name(), name)).ifPresent(found::add);
        }
        return found;
    }

    private static List<DataId> beforeFirstSlash(String path) {
        int slash = path.indexOf('/');
        if (slash < 1) {
            return List.of();
        }
        List<DataId> found = new ArrayList<>();
        id(path.substring(0, slash), path.substring(slash + 1)).ifPresent(found::add);
        id(path.substring(0, slash), path.substring(slash)).ifPresent(found::add);
        return found;
    }

    /** Tries how many folders the scope has, and keeps what the algorithm would put there. */
    private static List<DataId> byRule(String path, PathAlgorithm algorithm, int folders) {
        List<String> parts = List.of(path.split("/", -1));
        List<DataId> found = new ArrayList<>();
        for (int scope = 1; scope <= Math.min(DEEPEST_SCOPE, parts.size() - folders - 1); scope++) {
            String name = String.join("/", parts.subList(scope + folders, parts.size()));
            String scopeName = String.join(".", parts.subList(0, scope));
            for (String candidate : List.of(name, "/" + name)) {
                id(scopeName, candidate)
                        .filter(id ->
                                algorithm.path(id).replaceAll("/{2,}", "/").equals(path))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<DataId> id(String scope, String name) {
        try {
            return Optional.of(new DataId(new Scope(scope), name));
        } catch (BadWord bad) {
            return Optional.empty();
        }
    }
}
