package holdfast.server.api.rucio.dids;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.catalog.DidType;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.Scopes;
import holdfast.server.catalog.Search;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.server.sql.ListedFile;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Looking for names. */
public final class SearchSubject implements Subject {
    private final Collections collections;
    private final Scopes scopes;

    public SearchSubject(Collections collections, Scopes scopes) {
        this.collections = collections;
        this.scopes = scopes;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                        "GET /dids/{scope}/dids/search",
                        "known keys and others may stand in one group; a search gives up with DIDFilterSyntaxError"
                                + " after 2,000,000 names that do not fit",
                        this::search)
                .supports("GET /dids/{scope}/", this::scope);
    }

    private Answer search(RucioCall call) {
        String type = call.query().text("type").orElse("collection");
        Search wanted = new Search(scopeOf(call), types(type), Filters.of(call.query()));
        OptionalLong limit = call.query().number("limit");
        boolean all = call.query().flag("long", false);
        boolean recursive = call.query().flag("recursive", false);
        if (!scopes.exists(wanted.scope(), call.sees())) {
            return Answer.lines(out -> {});
        }
        return Answer.lines(out -> {
            Shown shown = new Shown(out, call.sees(), all, limit.orElse(Long.MAX_VALUE));
            Set<OfCollection> found = new HashSet<>();
            collections.search(wanted, call.sees(), named -> {
                if (recursive && named instanceof OfCollection collection) {
                    found.add(collection);
                }
                return shown.line(named);
            });
            found.forEach(collection -> below(collection, wanted.types(), shown));
        });
    }

    /** Writes lines until there are enough. */
    private static final class Shown {
        private final JsonOut out;
        private final Visible sees;
        private final boolean all;
        private final long limit;
        private final Set<DataId> written = new HashSet<>();
        private long lines;

        Shown(JsonOut out, Visible sees, boolean all, long limit) {
            this.sees = sees;
            this.out = out;
            this.all = all;
            this.limit = limit;
        }

        boolean line(Catalogued named) {
            if (lines >= limit) {
                return false;
            }
            lines++;
            if (all) {
                DidLines.found(out, named);
            } else {
                out.value(named.id().name());
            }
            return lines < limit;
        }

        void once(Catalogued named) {
            if (written.add(named.id())) {
                line(named);
            }
        }

        void once(ListedFile file) {
            if (lines < limit && written.add(file.id())) {
                lines++;
                if (all) {
                    DidLines.found(out, file);
                } else {
                    out.value(file.name());
                }
            }
        }
    }

    private void below(OfCollection collection, Set<DidType> types, Shown shown) {
        if (collection.row().kind() == Kind.CONTAINER) {
            for (OfCollection child : collections.children(collection, shown.sees)) {
                if (types.contains(child.type())) {
                    shown.once(child);
                }
                below(child, types, shown);
            }
        } else if (types.contains(DidType.FILE)) {
            collections.files(collection, shown.sees, shown::once);
        }
    }

    private static Set<DidType> types(String type) {
        return switch (type) {
            case "all" -> Set.of(DidType.values());
            case "collection" -> Set.of(DidType.DATASET, DidType.CONTAINER);
            case "container" -> Set.of(DidType.CONTAINER);
            case "dataset" -> Set.of(DidType.DATASET);
            case "file" -> Set.of(DidType.FILE);
            default ->
                throw RucioError.conflict(
                        "UnsupportedOperation",
                        "%s is not a valid type. Valid types are dict_keys(['all', 'collection', 'container', 'dataset', 'file'])"
                                .formatted(type.length() <= 80 ? type : type.substring(0, 80)));
        };
    }

    private static Scope scopeOf(RucioCall call) {
        return Scopes.scope(call.path("scope"));
    }

    private Answer scope(RucioCall call) {
        boolean recursive = call.query().flag("recursive", false);
        Scope scope = scopeOf(call);
        Visible sees = call.sees();
        if (call.query().text("name").isPresent()) {
            Catalogued top =
                    collections.must(new DataId(scope, call.query().text("name").orElseThrow()), sees);
            return Answer.lines(out -> new Drill(out, sees, recursive).into(top, 1));
        }
        if (!scopes.exists(scope, sees)) {
            return Answer.lines(out -> {});
        }
        return Answer.lines(out -> {
            collections.tops(scope, sees, top -> DidLines.top(out, top));
            if (recursive) {
                List<OfCollection> tops = collections.topCollections(scope, sees);
                tops.forEach(top -> new Drill(out, sees, true).into(top, 1));
            }
        });
    }

    /** Writes what lies below a name, level by level. */
    private final class Drill {
        private final JsonOut out;
        private final Visible sees;
        private final boolean deeper;

        Drill(JsonOut out, Visible sees, boolean deeper) {
            this.out = out;
            this.sees = sees;
            this.deeper = deeper;
        }

        void into(Catalogued parent, int level) {
            if (!(parent instanceof OfCollection collection)) {
                return;
            }
            if (collection.row().kind() == Kind.DATASET) {
                collections.files(collection, sees, file -> DidLines.below(out, file, parent.id(), level));
                return;
            }
            for (OfCollection child : collections.children(collection, sees)) {
                DidLines.below(out, child, parent.id(), level);
                if (deeper) {
                    into(child, level + 1);
                }
            }
        }
    }
}
