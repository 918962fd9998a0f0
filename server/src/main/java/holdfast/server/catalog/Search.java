package holdfast.server.catalog;

import holdfast.catalog.DidFilter;
import holdfast.catalog.DidType;
import holdfast.catalog.FilterValue;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Catalogued;
import holdfast.server.sql.NameSearch;
import holdfast.server.sql.NameTable;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Names of a scope that a filter lets through. What a name begins with is asked of the index; everything else is looked at
 * name by name, a few million of them at most.
 *
 * @param types the types that are wanted
 */
public record Search(Scope scope, Set<DidType> types, DidFilter filter) {
    /** Names that may be looked at in vain. */
    private static final long MOST_IN_VAIN = 2_000_000;

    private static final int TOO_MUCH = 400;

    public Search {
        types = Set.copyOf(types);
    }

    /** Counts what was looked at in vain, and lets each name through once. */
    private static final class Sieve implements Predicate<Catalogued> {
        private final Search wanted;
        private final Predicate<Catalogued> sink;
        private final Set<DataId> shown = new HashSet<>();
        private final boolean several;
        private long inVain;

        Sieve(Search wanted, Predicate<Catalogued> sink) {
            this.wanted = wanted;
            this.sink = sink;
            this.several = wanted.filter.anyOf().size() > 1;
        }

        @Override
        public boolean test(Catalogued named) {
            if (wanted.types.contains(named.type()) && wanted.lets(named) && (!several || shown.add(named.id()))) {
                return sink.test(named);
            }
            inVain++;
            if (inVain > MOST_IN_VAIN) {
                throw RucioError.of(
                        TOO_MUCH,
                        "DIDFilterSyntaxError",
                        "after %d names that do not fit the search was given up; begin the name with more than a wildcard"
                                .formatted(MOST_IN_VAIN));
            }
            return true;
        }
    }

    void in(Connection connection, NameTable names, NameSearch search, Predicate<Catalogued> sink) throws SQLException {
        Sieve sieve = new Sieve(this, sink);
        Set<String> done = new HashSet<>();
        for (DidFilter.Group group : filter.anyOf()) {
            FilterValue pattern = name(group);
            String prefix = Matching.beginning(pattern.text());
            if (!pattern.hasWildcard()) {
                Optional<Catalogued> named = id(prefix).isPresent()
                        ? names.find(connection, id(prefix).get())
                        : Optional.empty();
                if (named.isPresent() && !sieve.test(named.get())) {
                    return;
                }
            } else if (done.add(prefix) && !range(connection, search, prefix, sieve)) {
                return;
            }
        }
    }

    /** What the name is to be like; anything where nothing is asked of it. */
    private static FilterValue name(DidFilter.Group group) {
        return group.conditions().stream()
                .filter(c -> c.key().equals("name"))
                .map(DidFilter.Condition::value)
                .findFirst()
                .orElse(new FilterValue("*", false));
    }

    private Optional<DataId> id(String name) {
        try {
            return Optional.of(new DataId(scope, name));
        } catch (BadWord noNameOfAnything) {
            return Optional.empty();
        }
    }

    private boolean range(Connection connection, NameSearch search, String prefix, Sieve sieve) throws SQLException {
        boolean collections = types.contains(DidType.DATASET) || types.contains(DidType.CONTAINER);
        return (!collections || search.collections(connection, scope, prefix, sieve))
                && (!types.contains(DidType.FILE) || search.files(connection, scope, prefix, sieve));
    }

    private boolean lets(Catalogued named) {
        Known known = new Known(named);
        return filter.anyOf().stream()
                        .anyMatch(group ->
                                group.conditions().stream().allMatch(c -> Matching.holds(c, known.value(c.key()))))
                && (asksFor("suppressed") || !Boolean.TRUE.equals(known.value("suppressed")));
    }

    private boolean asksFor(String key) {
        return filter.anyOf().stream()
                .flatMap(group -> group.conditions().stream())
                .anyMatch(condition -> condition.key().equals(key));
    }

    /** Values of one name, read when first asked for: most filters ask for the name alone. */
    private static final class Known {
        private final Catalogued named;
        private @Nullable Map<String, @Nullable Object> columns;

        Known(Catalogued named) {
            this.named = named;
        }

        @Nullable
        Object value(String key) {
            if (key.equals("name")) {
                return named.id().name();
            }
            if (key.equals("suppressed")
                    && named instanceof Catalogued.OfFile file
                    && file.row().attributes().values().isEmpty()) {
                return false;
            }
            Map<String, @Nullable Object> known = columns;
            if (known == null) {
                known = new HashMap<>(ColumnView.of(named));
                known.putAll(others());
                columns = known;
            }
            return known.get(key);
        }

        private Map<String, @Nullable Object> others() {
            Map<String, @Nullable Object> values = new HashMap<>();
            Metadata.of(named).json().forEach((key, value) -> values.put(key, plain(value)));
            return values;
        }

        private static @Nullable Object plain(JsonNode value) {
            if (value.isNull()) {
                return null;
            }
            return value.isString() ? value.stringValue() : value.toString();
        }
    }

    /** All of a scope's names of these types. */
    public static Search all(Scope scope, Set<DidType> types) {
        return new Search(scope, types, DidFilter.of(List.of(Map.of())));
    }
}
