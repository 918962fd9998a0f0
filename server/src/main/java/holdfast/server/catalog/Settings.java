package holdfast.server.catalog;

import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What clients keep in the configuration: texts by section and option. The house itself is not steered by it. */
public final class Settings {
    private static final int LONGEST = 4_000;

    private final Shelf<Section> sections;

    record Section(SortedMap<String, String> options) {}

    public Settings(Registry registry) {
        this.sections = new Shelf<>(registry, "config", Section.class);
    }

    /** Every section's options, in order. */
    public SortedMap<String, SortedMap<String, String>> all() {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        sections.all().forEach((name, section) -> all.put(name, section.options()));
        return all;
    }

    public Optional<SortedMap<String, String>> section(String name) {
        return sections.find(name).map(Section::options);
    }

    public Optional<String> option(String section, String option) {
        return section(section).map(options -> options.get(option));
    }

    /** Sets options of several sections at once; those that are not named stay. */
    public void put(AccountName who, Map<String, ? extends Map<String, String>> values) {
        values.forEach((section, options) -> options.forEach((option, value) -> check(section, option, value)));
        sections.change(who, documents -> {
            List<Change> changes = new ArrayList<>();
            values.forEach((section, options) -> {
                NavigableMap<String, String> next = new TreeMap<>(
                        sections.find(documents, section).map(Section::options).orElse(new TreeMap<>()));
                next.putAll(options);
                changes.add(sections.put(section, new Section(next)));
            });
            return changes;
        });
    }

    private static void check(String section, String option, String value) {
        if (section.isEmpty() || option.isEmpty()) {
            throw RucioError.bad("ConfigurationError", "a section and an option have a name");
        }
        if (section.length() > LONGEST || option.length() > LONGEST || value.length() > LONGEST) {
            throw RucioError.bad(
                    "ConfigurationError", "sections, options and values have at most " + LONGEST + " characters");
        }
    }

    /** Takes a section away; 404 ConfigNotFound where it is not there. */
    public void drop(AccountName who, String section) {
        sections.change(who, documents -> {
            if (sections.find(documents, section).isEmpty()) {
                throw notFound("section '" + section + "'");
            }
            return List.of(sections.drop(section));
        });
    }

    /** Takes an option away, and its section with the last of them; 404 ConfigNotFound where it is not there. */
    public void drop(AccountName who, String section, String option) {
        sections.change(who, documents -> {
            NavigableMap<String, String> left = new TreeMap<>(
                    sections.find(documents, section).map(Section::options).orElse(new TreeMap<>()));
            if (left.remove(option) == null) {
                throw notFound(section, option);
            }
            return List.of(left.isEmpty() ? sections.drop(section) : sections.put(section, new Section(left)));
        });
    }

    public static RucioError notFound(String section, String option) {
        return notFound("section '%s' option '%s'".formatted(section, option));
    }

    /** @param what such as "section 'a'" */
    public static RucioError notFound(String what) {
        return RucioError.notFound("ConfigNotFound", "No configuration found for " + what);
    }
}
