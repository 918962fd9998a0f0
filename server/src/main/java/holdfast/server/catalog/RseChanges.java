package holdfast.server.catalog;

import holdfast.journal.Micros;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Registry;
import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.StorageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds elements and changes them. What the sites file says of an element can only be changed there; what it does not say,
 * such as further attributes, protocols and limits, is kept beside it.
 */
public final class RseChanges {
    /** What an expression can name; the longest is {@link StorageName}'s matter. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*");

    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_VALUE = 4_000;

    private final Registry registry;
    private final Rses rses;
    private final HouseClock clock;
    private final Predicate<StorageName> isUsed;

    /** @param isUsed whether copies or locks stand at an element */
    public RseChanges(Registry registry, Rses rses, HouseClock clock, Predicate<StorageName> isUsed) {
        this.registry = registry;
        this.rses = rses;
        this.clock = clock;
        this.isUsed = isUsed;
    }

    /**
     * @param sent see {@link RseSettings}
     * @throws RucioError 400 InvalidObject for a name that none can have, 409 Duplicate where it is taken
     */
    public void add(AccountName who, String rse, Parameters sent) {
        StorageName name = newName(rse);
        ObjectNode settings = RseSettings.of(sent);
        long now = Micros.of(clock.now());
        settings.put("created", now).put("updated", now);
        change(who, documents -> {
            boolean taken = rses.maybe(name).isPresent()
                    || documents.find(RseDocuments.RSE, rse).isPresent();
            if (taken) {
                throw RucioError.conflict("Duplicate", "RSE '%s' already exists!".formatted(rse));
            }
            return List.of(Registry.put(RseDocuments.RSE, rse, DocumentText.of(settings)));
        });
    }

    private static StorageName newName(String rse) {
        return Rses.name(rse)
                .filter(name -> NAME.matcher(rse).matches())
                .orElseThrow(() -> RucioError.invalid("Problem validating rse : '" + rse + "' does not match: a letter,"
                        + " then letters and digits in parts joined by '-' or '_', at most 63 characters"));
    }

    /** Changes settings; those that are not sent stay as they are. */
    public void update(AccountName who, Rse rse, Parameters sent) {
        ObjectNode next = RseSettings.changed(rse, sent);
        change(who, documents -> {
            ObjectNode settings = documents
                    .find(RseDocuments.RSE, rse.name().name())
                    .map(text -> (ObjectNode) DocumentText.read(text))
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            settings.setAll(next);
            if (settings.has("created")) {
                settings.put("updated", Micros.of(clock.now()));
            }
            return List.of(Registry.put(RseDocuments.RSE, rse.name().name(), DocumentText.of(settings)));
        });
    }

    /**
     * Takes an element away, with all that was said of it.
     *
     * @throws RucioError 404 RSEOperationNotSupported where the sites file names it, or copies or locks stand there
     */
    public void remove(AccountName who, Rse rse) {
        StorageName name = rse.name();
        if (rse.isOfTheHouse()) {
            throw notSupported(
                    "RSE '%s' stands in the sites file; take it out there and adopt the file".formatted(name));
        }
        change(who, documents -> {
            if (isUsed.test(name)) {
                throw notSupported("RSE '%s' is not empty".formatted(name));
            }
            List<Change> changes = new ArrayList<>();
            changes.add(Registry.drop(RseDocuments.RSE, name.name()));
            RseDocuments.PARTS.forEach(kind -> RseDocuments.of(documents, kind, name)
                    .keySet()
                    .forEach(key -> changes.add(Registry.drop(kind, name + "/" + key))));
            documents.of(RseDocuments.DISTANCE).keySet().stream()
                    .filter(key -> key.startsWith(name + "/") || key.endsWith("/" + name))
                    .forEach(key -> changes.add(Registry.drop(RseDocuments.DISTANCE, key)));
            return changes;
        });
    }

    private static RucioError notSupported(String why) {
        return RucioError.notFound("RSEOperationNotSupported", why);
    }

    /** Sets an attribute, whether it was there or not, as the field's server does. */
    public void attribute(AccountName who, Rse rse, String key, JsonNode value) {
        Change set = checked(rse, key, value);
        change(who, documents -> List.of(set));
    }

    /**
     * Sets attributes of an element at once, whether they were there or not.
     *
     * @return those that no element can have, each with the reason
     */
    public SortedMap<String, String> attributes(AccountName who, Rse rse, Map<String, JsonNode> values) {
        SortedMap<String, String> refused = new TreeMap<>();
        List<Change> changes = new ArrayList<>();
        values.forEach((key, value) -> {
            try {
                changes.add(checked(rse, key, value));
            } catch (RucioError no) {
                refused.put(key, no.text());
            }
        });
        if (!changes.isEmpty()) {
            change(who, documents -> changes);
        }
        return refused;
    }

    private static Change checked(Rse rse, String key, JsonNode value) {
        String text = RseAttributes.text(value);
        if (key.isEmpty() || key.length() > LONGEST_KEY || text.length() > LONGEST_VALUE) {
            throw RucioError.invalid("an attribute's key has 1 to %d characters, its value at most %d"
                    .formatted(LONGEST_KEY, LONGEST_VALUE));
        }
        checkMeaning(key, text);
        checkFree(rse, key);
        return Registry.put(
                RseDocuments.ATTRIBUTE,
                rse.name() + "/" + key,
                DocumentText.of(JsonNodeFactory.instance.stringNode(text)));
    }

    private static void checkMeaning(String key, String text) {
        if (key.equals(RseAttributes.ALGORITHM) && PathAlgorithm.called(text).isEmpty()) {
            throw RucioError.invalid(
                    "there is no lfn2pfn_algorithm '%s'; write hash, identity or name".formatted(text));
        }
    }

    /** What follows from the element itself, or stands in the sites file, is nobody's to change here. */
    private static void checkFree(Rse rse, String key) {
        if (key.equals(rse.name().name())) {
            throw RucioError.conflict("UnsupportedOperation", "every RSE has the attribute of its own name");
        }
        if (rse.stated().contains(key)) {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "'%s' of RSE '%s' stands in the sites file; change it there and adopt the file"
                            .formatted(key, rse.name()));
        }
    }

    /** @throws RucioError 404 RSEAttributeNotFound */
    public void removeAttribute(AccountName who, Rse rse, String key) {
        if (rse.attribute(key).isEmpty()) {
            throw RucioError.notFound("RSEAttributeNotFound", "RSE attribute '%s' cannot be found".formatted(key));
        }
        checkFree(rse, key);
        change(who, documents -> List.of(Registry.drop(RseDocuments.ATTRIBUTE, rse.name() + "/" + key)));
    }

    public void limit(AccountName who, Rse rse, String name, long value) {
        if (name.isEmpty() || name.length() > LONGEST_KEY) {
            throw RucioError.invalid("a limit's name has 1 to " + LONGEST_KEY + " characters");
        }
        change(
                who,
                documents -> List.of(Registry.put(RseDocuments.LIMIT, rse.name() + "/" + name, Long.toString(value))));
    }

    /** Nothing happens where there is no such limit. */
    public void removeLimit(AccountName who, Rse rse, String name) {
        drop(who, RseDocuments.LIMIT, rse.name() + "/" + name);
    }

    /** The policies of quality of service that an element says it keeps; nothing here follows from them. */
    public Set<String> policies(Rse rse) {
        return RseDocuments.of(registry.documents(), RseDocuments.QOS_POLICY, rse.name())
                .keySet();
    }

    /** @throws RucioError 409 Duplicate */
    public void addPolicy(AccountName who, Rse rse, String policy) {
        String key = rse.name() + "/" + policy;
        if (policy.isEmpty() || policy.length() > LONGEST_KEY) {
            throw RucioError.invalid("a QoS policy has 1 to " + LONGEST_KEY + " characters");
        }
        change(who, documents -> {
            if (documents.find(RseDocuments.QOS_POLICY, key).isPresent()) {
                throw RucioError.conflict("Duplicate", "QoS policy %s already exists!".formatted(policy));
            }
            return List.of(Registry.put(RseDocuments.QOS_POLICY, key, "true"));
        });
    }

    /** Nothing happens where there is no such policy. */
    public void removePolicy(AccountName who, Rse rse, String policy) {
        drop(who, RseDocuments.QOS_POLICY, rse.name() + "/" + policy);
    }

    private void drop(AccountName who, String kind, String key) {
        change(who, documents -> documents.find(kind, key).isPresent() ? List.of(Registry.drop(kind, key)) : List.of());
    }

    private void change(AccountName who, Registry.Decision decision) {
        Shelf.change(registry, who, decision);
    }
}
