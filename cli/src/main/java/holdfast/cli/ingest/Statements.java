package holdfast.cli.ingest;

import holdfast.formats.Finding;
import holdfast.formats.Manifest;
import holdfast.ingest.StatedFile;
import holdfast.plan.Attributes;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What lists of the source state of the files below a folder. A list's paths are looked for below the folder first, then
 * beside the list itself.
 */
public final class Statements {
    private final Path root;
    private final Map<String, SourceFile> byPath = new HashMap<>();
    private final Map<String, StatedFile> stated = new LinkedHashMap<>();
    private final Set<String> contradicted = new HashSet<>();
    private final List<Refused> refused = new ArrayList<>();
    private boolean anyList;

    public Statements(Path root, Tree tree) {
        this.root = root.toAbsolutePath().normalize();
        tree.files().forEach(f -> byPath.put(f.relative(), f));
    }

    /** The files that come in, those that no list names, and what the lists say wrongly. */
    public record Chosen(List<Item> items, List<String> leftOut, List<Refused> refused) {}

    /** Takes in a list that was read from a file. */
    public void add(Manifest list, Path from) {
        anyList = true;
        for (Finding finding : list.findings()) {
            refused.add(Refused.of(from.toString(), from, new Found("BAD_LIST", finding.say(from.toString()))));
        }
        for (StatedFile one : list.files()) {
            Optional<String> path = find(one.path(), from);
            path.ifPresentOrElse(
                    p -> merge(p, one),
                    () -> refused.add(Refused.of(
                            one.path(),
                            from,
                            new Found("NOT_THERE", from + " states it and it is not below the folder; bring it"))));
        }
    }

    private Optional<String> find(String path, Path list) {
        Path folder = Optional.ofNullable(list.toAbsolutePath().getParent()).orElse(root);
        for (Path base : List.of(root, folder)) {
            Path meant = base.resolve(path).normalize();
            if (meant.startsWith(root)) {
                String relative = root.relativize(meant).toString();
                if (byPath.containsKey(relative)) {
                    return Optional.of(relative);
                }
            }
        }
        return Optional.empty();
    }

    private void merge(String path, StatedFile more) {
        StatedFile before = stated.get(path);
        if (before == null) {
            stated.put(path, more);
            return;
        }
        if (!before.digests().differing(more.digests()).isEmpty()) {
            contradicted.add(path);
            refused.add(Refused.of(
                    path, root, new Found("BAD_LIST", "two lists state other digests of it; find out which is right")));
        }
        Digests digests = before.digests();
        for (Algorithm algorithm : Algorithm.values()) {
            Optional<Digest> digest = more.digests().by(algorithm);
            digests = digest.isPresent() ? digests.with(digest.get()) : digests;
        }
        stated.put(
                path,
                new StatedFile(
                        path,
                        before.name().or(more::name),
                        before.size().or(more::size),
                        digests,
                        before.attributes().orElse(more.attributes())));
    }

    /** Gives every file its name; with a list, files that it does not name are left out. */
    public Chosen choose(Tree tree, String prefix) {
        List<Item> items = new ArrayList<>(tree.files().size());
        List<String> leftOut = new ArrayList<>();
        Map<String, Item> byName = new HashMap<>();
        for (SourceFile file : tree.files()) {
            StatedFile said = stated.get(file.relative());
            if (contradicted.contains(file.relative())) {
                continue;
            }
            if (said == null && anyList) {
                leftOut.add(file.relative());
                continue;
            }
            Item item = item(file, Optional.ofNullable(said), prefix);
            wrong(item, Optional.ofNullable(said), byName)
                    .ifPresentOrElse(f -> refused.add(item.refused(f)), () -> items.add(item));
        }
        return new Chosen(items, leftOut, List.copyOf(refused));
    }

    private static Optional<Found> wrong(Item item, Optional<StatedFile> said, Map<String, Item> byName) {
        if (item.name().indexOf('\uFFFD') >= 0) {
            return Optional.of(Found.nameRefused("its name is not written in UTF-8; rename it"));
        }
        Item same = byName.putIfAbsent(item.name(), item);
        if (same != null) {
            return Optional.of(Found.nameRefused(same.file().relative() + " has this name too; mend the list"));
        }
        return said.flatMap(StatedFile::size)
                .filter(s -> s.bytes() != item.file().size())
                .map(s -> new Found(
                        "SIZE_MISMATCH",
                        "it has %d bytes and its list states %d"
                                .formatted(item.file().size(), s.bytes())));
    }

    private static Item item(SourceFile file, Optional<StatedFile> said, String prefix) {
        String joint = prefix.isEmpty() || prefix.endsWith("/") ? "" : "/";
        String name = said.flatMap(StatedFile::name).orElse(prefix + joint + file.relative());
        Map<String, String> digests = new HashMap<>();
        Digests stated = said.map(StatedFile::digests).orElse(Digests.NONE);
        for (Algorithm algorithm : Algorithm.values()) {
            stated.by(algorithm).ifPresent(d -> digests.put(algorithm.label(), d.hex()));
        }
        Attributes attributes = said.map(StatedFile::attributes).orElse(Attributes.NONE);
        return new Item(file, name, digests, attributes.values());
    }
}
