package holdfast.server.catalog;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.ingest.NamingPolicy;
import holdfast.placement.Rule;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.sql.Catalogued;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files that bring their place in the tree of names: the folder of a file is its dataset, every folder above a container.
 * What is there already is left; so a call that was cut off is sent again.
 */
public final class PathFiles {
    private static final int NOT_ALLOWED = 405;
    private static final String ANYWHERE = "ANY=true";

    private final Replicas replicas;
    private final Collections collections;
    private final RuleBook rules;
    private final Rses rses;

    public PathFiles(Replicas replicas, Collections collections, RuleBook rules, Rses rses) {
        this.replicas = replicas;
        this.collections = collections;
        this.rules = rules;
        this.rses = rses;
    }

    /** A file at an element. */
    public record Brought(String rse, ReplicaClaim claim) {}

    /**
     * What a call brings.
     *
     * @param ofFolders what is said of folders that are new
     * @param anyway also where the element takes no writes now
     */
    public record Call(List<Brought> files, Map<String, Metadata> ofFolders, boolean anyway) {
        public Call {
            files = List.copyOf(files);
        }
    }

    /** How long the rules hold that come with new datasets and files; empty for ever. */
    public record Lifetimes(Optional<Duration> ofDatasets, Optional<Duration> ofFiles) {}

    /** The scope of a name: by the policy, else the second part of its path. A hidden scope is no scope of a name. */
    public Scope scopeOf(String name, Visible sees) {
        NamingPolicy naming = replicas.naming();
        return naming.scopeOf(name, replicas.scopes(sees)).orElseGet(() -> {
            String[] parts = name.split("/", -1);
            if (parts.length < 4) {
                throw RucioError.bad("InvalidPath", "the scope of " + name + " cannot be read from it");
            }
            return new Scope(parts[2]);
        });
    }

    public void add(Writer by, Call call, Lifetimes lifetimes) {
        NameCheck.mustKnow(call.files.stream().map(b -> b.claim.id()).toList(), by.sees());
        Map<DataId, List<DataId>> folders = folders(call, by.sees());
        List<NewCollection> fresh = fresh(by, folders, call);
        Map<DataId, Catalogued> known =
                collections.find(call.files.stream().map(b -> b.claim.id()).toList(), by.sees());
        Map<String, List<ReplicaClaim>> byElement = new TreeMap<>();
        call.files.forEach(
                b -> byElement.computeIfAbsent(b.rse, r -> new ArrayList<>()).add(b.claim));
        List<Attachment> attachments = folders.entrySet().stream()
                .map(e -> Attachment.of(e.getKey(), e.getValue()))
                .toList();
        byElement.forEach((rse, claims) -> replicas.rehearse(by, rse, claims, call.anyway));
        collections.rehearse(fresh, attachments, new Attaching.How(Attaching.Duplicates.PASSED_OVER, by));
        byElement.forEach((rse, claims) -> replicas.add(by, rse, claims, call.anyway));
        if (!fresh.isEmpty()) {
            collections.make(fresh, by);
        }
        collections.attach(attachments, Attaching.Duplicates.PASSED_OVER, by);
        rule(by.account(), fresh, lifetimes);
        byElement.forEach((rse, claims) -> {
            List<DataId> ids = claims.stream()
                    .map(ReplicaClaim::id)
                    .filter(id -> !known.containsKey(id))
                    .distinct()
                    .toList();
            hold(by.account(), ids, rse, lifetimes.ofFiles);
        });
    }

    /** Each folder with what it holds itself, the deepest last. */
    private Map<DataId, List<DataId>> folders(Call call, Visible sees) {
        Map<String, TreeSet<DataId>> content = new TreeMap<>();
        for (Brought one : call.files) {
            DataId child = one.claim.id();
            for (String folder = above(child.name()); !folder.isEmpty(); folder = above(folder)) {
                content.computeIfAbsent(folder, f -> new TreeSet<>()).add(child);
                child = new DataId(scopeOf(folder, child.scope(), sees), folder);
            }
        }
        Map<DataId, List<DataId>> folders = new LinkedHashMap<>();
        content.forEach((folder, children) -> folders.put(
                new DataId(scopeOf(folder, children.first().scope(), sees), folder), List.copyOf(children)));
        return folders;
    }

    private static String above(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 1 ? "" : name.substring(0, slash);
    }

    /** Folders near the root may be too short to hold a scope; they take that of what they hold. */
    private Scope scopeOf(String folder, Scope otherwise, Visible sees) {
        return replicas.naming().scopeOf(folder, replicas.scopes(sees)).orElse(otherwise);
    }

    /** 405 where a folder of files is a container, or one of folders a dataset. */
    private List<NewCollection> fresh(Writer by, Map<DataId, List<DataId>> folders, Call call) {
        Map<DataId, Catalogued> known = collections.find(List.copyOf(folders.keySet()), by.sees());
        List<NewCollection> fresh = new ArrayList<>();
        folders.forEach((folder, children) -> {
            boolean ofFiles = children.stream().noneMatch(folders::containsKey);
            Kind kind = ofFiles ? Kind.DATASET : Kind.CONTAINER;
            Catalogued there = known.get(folder);
            if (there == null) {
                Metadata said = call.ofFolders.getOrDefault(folder.name(), Metadata.NONE);
                fresh.add(new NewCollection(folder, kind, by.account(), false, said, Optional.empty()));
            } else if (!(there instanceof Catalogued.OfCollection c) || c.row().kind() != kind) {
                throw RucioError.of(
                        NOT_ALLOWED,
                        "UnsupportedOperation",
                        "%s is no %s, so nothing of this call can be put into it".formatted(folder, kind));
            }
        });
        return fresh;
    }

    private void rule(AccountName by, List<NewCollection> fresh, Lifetimes lifetimes) {
        List<DataId> datasets = fresh.stream()
                .filter(c -> c.kind() == Kind.DATASET)
                .map(NewCollection::id)
                .toList();
        boolean marked = rses.all().stream().anyMatch(r -> r.attribute("ANY").equals(Optional.of("true")));
        hold(by, datasets, marked ? ANYWHERE : "*", lifetimes.ofDatasets);
    }

    private void hold(AccountName by, List<DataId> ids, String expression, Optional<Duration> lifetime) {
        if (!ids.isEmpty()) {
            Rule.Wish wish = new Rule.Wish(1, expression, Rule.Grouping.NONE, Optional.empty(), Optional.empty());
            RuleDetails details = RuleDetails.of("{\"ignore_account_limit\":true,\"ignore_availability\":true}");
            // About what the same call brought in.
            rules.add(
                    by,
                    new RuleRequest(ids, by, wish, lifetime, false, 3, Optional.empty(), details),
                    Visible.EVERYTHING);
        }
    }
}
