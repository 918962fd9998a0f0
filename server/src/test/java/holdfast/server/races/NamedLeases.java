package holdfast.server.races;

import holdfast.catalog.CopyState;
import holdfast.journal.Hash;
import holdfast.journal.MerkleTree;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.Sequencer.Tree;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Two nodes take the lease of the journal's sequencer from each other while entries are written. A lease is taken from
 * another only when it is over; its epoch rises then; and a write under an older epoch changes nothing.
 */
final class NamedLeases implements Race {
    private static final String NAME = "journal";
    private static final Duration LASTS = Duration.ofSeconds(30);

    /** What is known of the lease: who has it, under which epoch, and the tree that was written under it. */
    private static final class Known {
        int holder = -1;
        long epoch;
        Instant until = Instant.MIN;
        long size;
    }

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        Known known = new Known();
        List<Turns.Doing> first = doings(ground, 0, known, random);
        List<Turns.Doing> second = doings(ground, 1, known, random);
        int entries = 1 + random.nextInt(3);
        ground.turns(random)
                .actor("one", ground.threads(), () -> all(first))
                .actor("two", ground.threads(), () -> all(second))
                .actor("writer", ground.threads(), () -> {
                    for (DataId id : Cast.ids(entries)) {
                        cast.register(
                                ground.node(2), List.of(id), List.of(cast.copy(id, Ground.HOME, CopyState.PROVED)));
                    }
                })
                .play();
        ground.pass(LASTS.multipliedBy(4));
        Node last = ground.node(2);
        Lease lease = last.leases.take(NAME, LASTS).orElseThrow();
        last.sequencer.step(lease);
        everyEntryIsNumberedOnce(ground, last.sequencer.step(lease));
        ground.check();
    }

    private static void all(List<Turns.Doing> doings) throws Exception {
        for (Turns.Doing doing : doings) {
            doing.go();
        }
    }

    private static List<Turns.Doing> doings(Ground ground, int number, Known known, Random random) {
        Node node = ground.node(number);
        List<Lease> mine = new ArrayList<>();
        List<Turns.Doing> doings = new ArrayList<>();
        doings.add(() -> take(ground, number, known, mine));
        for (int i = 0; i < 2 + random.nextInt(3); i++) {
            Duration span = Duration.ofSeconds(10 + random.nextInt(30));
            switch (random.nextInt(6)) {
                case 0 -> doings.add(() -> take(ground, number, known, mine));
                case 1 -> doings.add(() -> ground.pass(span));
                case 2 ->
                    doings.add(() -> {
                        node.leases.giveBack();
                        known.until = known.holder == number ? Instant.MIN : known.until;
                    });
                default -> doings.add(() -> write(node, known, mine));
            }
        }
        return doings;
    }

    private static void take(Ground ground, int number, Known known, List<Lease> mine) {
        Optional<Lease> taken = ground.node(number).leases.take(NAME, LASTS);
        if (taken.isEmpty()) {
            return;
        }
        mine.add(taken.get());
        long epoch = taken.get().epoch();
        boolean other = known.holder != number && known.holder >= 0;
        if (other && ground.now().isBefore(known.until)) {
            throw new AssertionError("the lease was taken from node " + known.holder + ", which had it until "
                    + known.until + ", at " + ground.now());
        }
        if (other ? epoch <= known.epoch : known.holder >= 0 && epoch != known.epoch) {
            throw new AssertionError("epoch " + epoch + " after " + known.epoch + (other ? " of another" : " of one"));
        }
        known.holder = number;
        known.epoch = epoch;
        known.until = Instant.EPOCH.plus(
                Long.parseLong(ground.rows("select until from lease").getFirst()),
                java.time.temporal.ChronoUnit.MICROS);
    }

    private static void write(Node node, Known known, List<Lease> mine) {
        if (mine.isEmpty()) {
            return;
        }
        Lease lease = mine.getLast();
        Tree tree = node.sequencer.step(lease);
        if (tree.size() > known.size && lease.epoch() != known.epoch) {
            throw new AssertionError("a write under epoch " + lease.epoch() + " took effect under " + known.epoch);
        }
        known.size = Math.max(known.size, tree.size());
    }

    private static void everyEntryIsNumberedOnce(Ground ground, Tree tree) {
        List<String> leaves = ground.rows("select encode(e.leaf, 'hex') from journal_leaf l join journal_entry e"
                + " on e.id = l.entry_id order by l.seq");
        long entries =
                Long.parseLong(ground.rows("select count(*) from journal_entry").getFirst());
        MerkleTree again = new MerkleTree(0, List.of());
        leaves.forEach(leaf -> again.append(Hash.of(HexFormat.of().parseHex(leaf))));
        if (leaves.size() != entries || tree.size() != entries || !again.root().equals(tree.root())) {
            throw new AssertionError(entries + " entries, " + leaves.size() + " leaves, a tree of " + tree.size());
        }
    }
}
