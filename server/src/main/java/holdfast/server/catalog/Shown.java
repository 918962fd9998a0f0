package holdfast.server.catalog;

import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.CollectionTable;
import holdfast.server.sql.FileWithCopies;
import holdfast.server.sql.ListedFile;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets through what may be shown of what was read; asks once for each scope, for files come by the million. For one thread. */
final class Shown {
    private final Visible sees;
    private final Map<String, Boolean> known = new HashMap<>();

    Shown(Visible sees) {
        this.sees = sees;
    }

    boolean allows(String scope) {
        return sees.isWhole() || known.computeIfAbsent(scope, name -> sees.allows(new Scope(name)));
    }

    /** What is handed every file of a listing, and passes those on that may be shown. */
    Consumer<ListedFile> only(Consumer<ListedFile> sink) {
        return sees.isWhole()
                ? sink
                : file -> {
                    if (allows(file.scope())) {
                        sink.accept(file);
                    }
                };
    }

    /** The same of files with copies; of each, only such parents and archives are named. */
    Consumer<FileWithCopies> onlyWithCopies(Consumer<FileWithCopies> sink) {
        return sees.isWhole()
                ? sink
                : file -> {
                    if (allows(file.scope())) {
                        sink.accept(file.beside(
                                file.parents().stream().filter(this::allowsName).toList(),
                                file.archives().stream()
                                        .filter(a -> allows(a.scope()))
                                        .toList()));
                    }
                };
    }

    /** @param name of a collection, {@code scope:name} */
    private boolean allowsName(String name) {
        return allows(name.substring(0, name.indexOf(':')));
    }

    List<OfCollection> collections(List<CollectionTable.Numbered> found) {
        return found.stream()
                .filter(c -> allows(c.row().id().scope().name()))
                .map(c -> new OfCollection(c.number(), c.row()))
                .toList();
    }
}
