package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.storage.PathAlgorithm;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where files lie at one element, and how clients write that. A copy's own path in the catalogue is what counts: a physical
 * file name (PFN) is a protocol's root and that path, so a copy is found where it lies even after its element's rule for new
 * paths was changed.
 */
public record PathsOf(Rse rse) {

    /**
     * Which protocols are asked for.
     *
     * @param schemes in no order; none means any
     */
    public record Ask(Domain domain, Operation operation, List<String> schemes) {
        public Ask {
            schemes = List.copyOf(schemes);
        }

        public static Ask of(Domain domain, Operation operation) {
            return new Ask(domain, operation, List.of());
        }
    }

    /**
     * Where a new copy of a file will lie by rule.
     *
     * @return empty where the element has no rule, and whoever brings a file says its path
     * @throws RucioError 400 InvalidPath when the name cannot be a path
     */
    public Optional<StoragePath> path(DataId id) {
        try {
            return switch (rse.nature().naming()) {
                case Rse.Naming.OfTheHouse(Layout layout) -> Optional.of(StoragePath.of(id, layout, 0));
                case Rse.Naming.ByRule(PathAlgorithm algorithm) -> Optional.of(firstWriting(clean(algorithm.path(id))));
                case Rse.Naming.Stated stated -> Optional.empty();
            };
        } catch (BadWord bad) {
            throw RucioError.bad(
                    "InvalidPath", "%s cannot be a path at %s: %s".formatted(id, rse.name(), bad.getMessage()));
        }
    }

    /** What looks like a later writing would be taken for another file's. */
    private static StoragePath firstWriting(StoragePath path) {
        if (path.writing() != 0) {
            throw new BadWord("path", path.path(), "one that does not begin like a later writing's folder");
        }
        return path;
    }

    /** The best protocol for an operation; empty where none supports it. */
    public Optional<Protocol> protocol(Ask ask) {
        return protocols(ask).stream().findFirst();
    }

    /** Every protocol that supports an operation, the best first. */
    public List<Protocol> protocols(Ask ask) {
        return rse.protocols().stream()
                .filter(p -> ask.schemes().isEmpty() || ask.schemes().contains(p.scheme()))
                .filter(p -> p.priority(ask.domain(), ask.operation()).isPresent())
                .sorted(Comparator.comparingInt(p -> rank(p, ask)))
                .toList();
    }

    private static int rank(Protocol protocol, Ask ask) {
        OptionalInt priority = protocol.priority(ask.domain(), ask.operation());
        return priority.orElse(Integer.MAX_VALUE);
    }

    /** The PFN of a path. */
    public static String pfn(Protocol protocol, StoragePath path) {
        return protocol.root() + path.path();
    }

    /**
     * The path that a PFN names, by whichever protocol of the element fits; the host counts unless the protocol's is
     * {@code localhost}.
     *
     * @return empty where no protocol of this element has such a PFN
     */
    public Optional<StoragePath> pathOf(String pfn) {
        return rse.protocols().stream()
                .flatMap(protocol -> below(protocol, pfn).stream())
                .min(Comparator.comparingInt(path -> path.path().length()));
    }

    private static Optional<StoragePath> below(Protocol protocol, String pfn) {
        Optional<String> rest = afterHost(protocol, pfn);
        String folder = single(protocol.folder());
        try {
            return rest.map(PathsOf::single)
                    .filter(path -> path.startsWith(folder))
                    .map(path -> clean(path.substring(folder.length())));
        } catch (BadWord noPath) {
            return Optional.empty();
        }
    }

    /** What follows scheme, host and port, and the web service's path where the protocol has one. */
    private static Optional<String> afterHost(Protocol protocol, String pfn) {
        String root = protocol.root();
        String before = root.substring(0, root.length() - protocol.folder().length());
        if (pfn.startsWith(before)) {
            return Optional.of(pfn.substring(before.length()));
        }
        String plain = protocol.scheme() + "://" + protocol.door().hostname() + ":"
                + protocol.door().port();
        if (pfn.startsWith(plain + "/")) {
            return Optional.of(pfn.substring(plain.length()));
        }
        String local = protocol.scheme() + "://";
        boolean hostless = protocol.door().hostname().equals("localhost") && pfn.startsWith(local + "/");
        return hostless ? Optional.of(pfn.substring(local.length())) : Optional.empty();
    }

    /** A path as text, without slashes at its begin and double ones within. */
    private static StoragePath clean(String text) {
        String single = single(text);
        return new StoragePath(single.startsWith("/") ? single.substring(1) : single);
    }

    private static String single(String text) {
        return text.replaceAll("/{2,}", "/");
    }

    /**
     * The files that may lie at a path, as far as the path says so; the catalogue knows which of them does. None at an
     * element where paths are stated.
     *
     * @param scopeOf the policy's scope of a name; used where paths hold no scope
     */
    public List<DataId> mayBe(
            StoragePath path, java.util.function.Function<String, Optional<holdfast.vocabulary.Scope>> scopeOf) {
        return new NamesOfPath(rse.nature().naming(), scopeOf).of(path.plain());
    }
}
