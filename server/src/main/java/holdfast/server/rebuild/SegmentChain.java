package holdfast.server.rebuild;

import holdfast.evidence.EntryReader;
import holdfast.journal.BadEntry;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import holdfast.server.rebuild.SegmentCheck.Outcome;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The segments that give one journal from entry 0 on, each taken once. Of copies that differ the one is taken whose
 * entries give the root that its head signs; a journal that was continued in two ways is refused, for only people know
 * which of them was the house's.
 */
public final class SegmentChain {
    private final List<Link> links = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<Long, Hash> roots = new HashMap<>();
    private final SegmentCheck check;
    private MerkleTree tree = new MerkleTree();
    private Instant last = Instant.MIN;

    private SegmentChain(SegmentCheck check) {
        this.check = check;
    }

    /** A segment of the chain. @param copies how many equal ones were found */
    public record Link(SegmentFile file, SignedHead head, int copies) {}

    /** Takes the entries of a chain one by one. */
    @FunctionalInterface
    public interface Each {
        void take(EntryReader.Read entry) throws IOException;
    }

    /** What to do where a segment is missing or damaged in every copy. */
    public enum AtGap {
        REFUSE,
        /** Take what comes before it. */
        STOP
    }

    /**
     * Checks all and finds the chain.
     *
     * @param files in any order
     * @param keys those of which one must have signed every head; none when signatures are not checked
     * @throws RebuildRefused where the chain breaks, naming the files
     */
    public static SegmentChain of(Collection<SegmentFile> files, List<PublicKey> keys, AtGap gap) {
        Set<Long> ends = new HashSet<>();
        files.forEach(f -> ends.add(f.last() + 1));
        SegmentChain chain = new SegmentChain(new SegmentCheck(keys, ends));
        List<SegmentFile> left = new ArrayList<>(files);
        while (chain.grow(left, gap)) {}
        chain.passOver(left, gap);
        return chain;
    }

    public List<Link> links() {
        return List.copyOf(links);
    }

    /** What people should know: damaged copies, and what was left out. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** How many entries it holds. */
    public long size() {
        return tree.size();
    }

    /** The head that its last segment was closed with; empty without segments. */
    public Optional<SignedHead> head() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.getLast().head);
    }

    /** When its newest entry was written; {@link Instant#MIN} without entries. */
    public Instant last() {
        return last;
    }

    /** How many of its heads a key signed. */
    public long signedBy(PublicKey key) {
        return links.stream().filter(l -> l.head.isSignedBy(key)).count();
    }

    /** Hands over every entry in order; the files are read again, entry by entry. */
    public void each(Each each) throws IOException {
        for (Link link : links) {
            try (InputStream in = link.file.bytes().open()) {
                EntryReader reader = new EntryReader(in);
                for (Optional<EntryReader.Read> next = reader.next(); next.isPresent(); next = reader.next()) {
                    each.take(next.get());
                }
            }
        }
    }

    /** Adds the segment that begins where the chain ends; false when there is none that can be used. */
    private boolean grow(List<SegmentFile> left, AtGap gap) {
        List<SegmentFile> here =
                left.stream().filter(f -> f.first() == tree.size()).toList();
        if (here.isEmpty()) {
            return false;
        }
        left.removeAll(here);
        List<Candidate> fit = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        for (Map.Entry<Digest, List<SegmentFile>> same :
                byContent(here, damaged).entrySet()) {
            SegmentFile file = same.getValue().getFirst();
            switch (check.follow(tree, file)) {
                case Outcome.Fits fits ->
                    fit.add(new Candidate(file, fits, same.getValue().size()));
                case Outcome.Damaged why ->
                    same.getValue().forEach(f -> damaged.add(f.place() + " cannot be used: " + why.why()));
            }
        }
        remarks.addAll(damaged);
        if (fit.isEmpty()) {
            return stopped(damaged, gap);
        }
        take(fit);
        return true;
    }

    private boolean stopped(List<String> damaged, AtGap gap) {
        String where = "no copy of the segment from entry %d on can be used".formatted(tree.size());
        if (gap == AtGap.REFUSE) {
            throw new RebuildRefused(
                    "%s: %s. Give another folder that holds a copy, or --up-to-damage to take what comes"
                                    .formatted(where, String.join("; ", damaged))
                            + " before it");
        }
        remarks.add(where + "; what comes after it is left out");
        return false;
    }

    private record Candidate(SegmentFile file, Outcome.Fits fits, int copies) {
        long size() {
            return fits.head().size();
        }
    }

    /** The longest; a shorter one is its beginning, or the journal went on in two ways. */
    private void take(List<Candidate> fit) {
        fit.sort(Comparator.comparingLong(Candidate::size).reversed());
        Candidate longest = fit.getFirst();
        for (Candidate other : fit.subList(1, fit.size())) {
            Hash there = other.size() == longest.size()
                    ? longest.fits.head().root()
                    : longest.fits.roots().getOrDefault(other.size(), Hash.EMPTY);
            if (!there.equals(other.fits.head().root())) {
                throw forked(longest.file, other.file);
            }
        }
        roots.putAll(longest.fits.roots());
        tree = longest.fits.after();
        last = longest.fits.last().isAfter(last) ? longest.fits.last() : last;
        links.add(new Link(longest.file, longest.fits.head(), longest.copies));
    }

    private static RebuildRefused forked(SegmentFile one, SegmentFile other) {
        return new RebuildRefused(
                ("%s and %s are both whole and hold different journals: the house went on in two ways,"
                                + " as after an old backup was restored. Put the segments of the one that you mean into a folder"
                                + " of their own and give that")
                        .formatted(one.place(), other.place()));
    }

    /** Files that are no part of the chain: beginnings written again, another journal's, or what comes after a gap. */
    private void passOver(List<SegmentFile> left, AtGap gap) {
        for (SegmentFile file : left) {
            if (file.first() > tree.size()) {
                String missing = "entries %d to %d are in no segment given; %s comes after them"
                        .formatted(tree.size(), file.first() - 1, file.place());
                if (gap == AtGap.REFUSE) {
                    throw new RebuildRefused(missing
                            + ". Give a further folder that holds them, or --up-to-damage to take what comes before");
                }
                remarks.add(missing + " and is left out");
            } else if (!isPartOfIt(file)) {
                throw forked(links.isEmpty() ? file : links.getLast().file, file);
            }
        }
    }

    private boolean isPartOfIt(SegmentFile file) {
        try (InputStream in = file.bytes().open()) {
            EntryReader reader = new EntryReader(in);
            while (reader.next().isPresent()) {}
            return reader.head()
                    .map(h -> h.root().equals(roots.getOrDefault(h.size(), Hash.EMPTY)))
                    .orElse(true);
        } catch (IOException | BadEntry damaged) {
            remarks.add(file.place() + " cannot be used: " + damaged.getMessage());
            return true;
        }
    }

    private static Map<Digest, List<SegmentFile>> byContent(List<SegmentFile> files, List<String> unreadable) {
        Map<Digest, List<SegmentFile>> same = new LinkedHashMap<>();
        for (SegmentFile file : files) {
            MessageDigest sha256 = Digest.sha256();
            try (InputStream in = file.bytes().open()) {
                new DigestInputStream(in, sha256).transferTo(OutputStream.nullOutputStream());
                same.computeIfAbsent(Digest.of(Digest.Algorithm.SHA256, sha256.digest()), d -> new ArrayList<>())
                        .add(file);
            } catch (IOException e) {
                unreadable.add(file.place() + " cannot be read: " + e.getMessage());
            }
        }
        return same;
    }
}
