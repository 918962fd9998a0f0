package holdfast.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.evidence.JournalCheck.Checked;
import holdfast.evidence.Refusal.Refused;
import holdfast.journal.BadEntry;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Hash;
import holdfast.journal.Line;
import holdfast.journal.MerkleTree;
import holdfast.journal.SignedHead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is done to a journal's text is refused, and by its name. */
class JournalCheckTest {
    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private final KeyPair ours = pair();
    private final KeyPair other = pair();
    private final List<Entry> entries = entries(40, 1);
    private final SignedHead head = sign(entries, ours);

    @Test
    void anUntouchedJournalHoldsAndFoldsToItsState() {
        Checked checked = check(text(entries), leaves(entries), head);
        assertThat(checked.refused()).isEmpty();
        Ledger ledger = new Ledger();
        entries.forEach(ledger::apply);
        assertThat(checked.ledger().stateHash()).isEqualTo(ledger.stateHash());
        assertThat(checked.root()).isEqualTo(head.root());
        assertThat(checked.ledger().entries()).isEqualTo(40);
    }

    @Test
    void everyByteThatChangesIsRefused() {
        byte[] bytes = text(entries(3, 7));
        List<Hash> leaves = leaves(entries(3, 7));
        SignedHead signed = sign(entries(3, 7), ours);
        Random random = new Random(5);
        for (int at = 0; at < bytes.length; at++) {
            for (int flip : new int[] {1 + random.nextInt(255), ' '}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) flip;
                assertThat(check(changed, leaves, signed).refused())
                        .as("byte %d", at)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aChangedByteIsNamedWithItsEntry() {
        String text = new String(text(entries), StandardCharsets.UTF_8);
        String changed = text.replaceFirst("line \\\\?\\w", "line X");
        assertThat(check(bytes(changed), leaves(entries), head).refused())
                .singleElement()
                .satisfies(r -> assertThat(r.refusal()).isEqualTo(Refusal.BYTES_CHANGED))
                .satisfies(r -> assertThat(r.sentence()).startsWith("entry 0: "));
    }

    @Test
    void aRewrittenEntryIsNamedThoughItsOwnHashesAreRight() {
        List<Entry> changed = new ArrayList<>(entries);
        changed.set(17, entries(41, 2).get(17));
        assertThat(names(check(text(changed), leaves(entries), head))).containsExactly(Refusal.BYTES_CHANGED);
        assertThat(check(text(changed), leaves(entries), head)
                        .refused()
                        .getFirst()
                        .sentence())
                .startsWith("entry 17 ");
        assertThat(names(check(text(changed), leaves(changed), head))).containsExactly(Refusal.HEAD_NOT_REACHED);
    }

    @Test
    void anotherOrderIsNamed() {
        List<Entry> changed = new ArrayList<>(entries);
        Collections.swap(changed, 4, 30);
        assertThat(names(check(text(changed), leaves(entries), head))).containsExactly(Refusal.ORDER_CHANGED);
        assertThat(names(check(text(changed), leaves(changed), head))).containsExactly(Refusal.HEAD_NOT_REACHED);
    }

    @Test
    void blocksSwappedWithTheirOldNumbersAreAnotherOrderToo() {
        String[] blocks = new String(text(entries), StandardCharsets.UTF_8).split("\n\n");
        String swapped = blocks[5];
        blocks[5] = blocks[6];
        blocks[6] = swapped;
        byte[] text = bytes(String.join("\n\n", blocks));
        assertThat(names(check(text, leaves(entries), head))).containsExactly(Refusal.ORDER_CHANGED);
    }

    @Test
    void aDeletedEntryIsNamed() {
        List<Entry> changed = new ArrayList<>(entries);
        changed.remove(12);
        Checked checked = check(text(changed), leaves(entries), head);
        assertThat(names(checked)).containsExactly(Refusal.ENTRY_MISSING);
        assertThat(checked.refused().getFirst().sentence()).startsWith("entry 12 is not there");
    }

    @Test
    void aDeletedBlockIsNamedThoughTheEndStillCountsIt() {
        List<String> blocks = new ArrayList<>(List.of(new String(text(entries), StandardCharsets.UTF_8).split("\n\n")));
        blocks.remove(13);
        byte[] text = bytes(String.join("\n\n", blocks));
        assertThat(names(check(text, leaves(entries), head))).containsExactly(Refusal.ENTRY_MISSING);
    }

    @Test
    void anInsertedEntryIsNamed() {
        List<Entry> changed = new ArrayList<>(entries);
        changed.add(20, entries(1, 99).getFirst());
        Checked checked = check(text(changed), leaves(entries), head);
        assertThat(names(checked)).containsExactly(Refusal.ENTRY_ADDED);
        assertThat(checked.refused().getFirst().sentence()).startsWith("entry 20 ");
        assertThat(names(check(text(changed), leaves(changed), head))).containsExactly(Refusal.ENTRY_ADDED);
    }

    @Test
    void aRepeatedEntryIsRefusedEvenWhenSigned() {
        List<Entry> changed = new ArrayList<>(entries);
        changed.add(entries.get(3));
        assertThat(names(check(text(changed), leaves(entries), head))).containsExactly(Refusal.ENTRY_ADDED);
        assertThat(names(check(text(changed), leaves(changed), sign(changed, ours))))
                .containsExactly(Refusal.ENTRY_ADDED);
    }

    @Test
    void droppedEntriesAtTheEndAreTruncation() {
        List<Entry> shorter = entries.subList(0, 30);
        assertThat(names(check(text(shorter), leaves(entries), head))).containsExactly(Refusal.TRUNCATED);
        assertThat(names(check(text(shorter), leaves(shorter), head))).containsExactly(Refusal.TRUNCATED);
        byte[] whole = text(entries);
        for (int cut = 0; cut < whole.length; cut += 97) {
            byte[] half = java.util.Arrays.copyOf(whole, cut);
            assertThat(names(check(half, leaves(entries), head))).containsExactly(Refusal.TRUNCATED);
        }
    }

    @Test
    void theLastTenFactsDroppedAndSignedAgainAreFoundByAHeadFromElsewhere() {
        List<Entry> shorter = entries.subList(0, 30);
        Anchor anchor = new Anchor(Optional.of(ours.getPublic()), Optional.of(head));
        SignedHead again = sign(shorter, ours);
        assertThat(names(check(text(shorter), leaves(shorter), again))).isEmpty();
        Checked checked = check(text(shorter), leaves(shorter), again, ours.getPublic(), anchor);
        assertThat(names(checked)).containsExactly(Refusal.TRUNCATED);
        assertThat(checked.refused().getFirst().sentence()).endsWith("the last 10 were dropped");
    }

    @Test
    void aJournalThatGrewSinceTheHeadFromElsewhereHolds() {
        Anchor anchor = new Anchor(Optional.of(ours.getPublic()), Optional.of(sign(entries.subList(0, 25), ours)));
        assertThat(names(check(text(entries), leaves(entries), head, ours.getPublic(), anchor)))
                .isEmpty();
    }

    @Test
    void aHistoryWrittenAnewUnderTheSameKeyIsFoundByAHeadFromElsewhere() {
        List<Entry> anew = new ArrayList<>(entries);
        anew.set(3, entries(4, 77).get(3));
        anew.addAll(entries(5, 78));
        Anchor anchor = new Anchor(Optional.of(ours.getPublic()), Optional.of(head));
        assertThat(names(check(text(anew), leaves(anew), sign(anew, ours), ours.getPublic(), anchor)))
                .containsExactly(Refusal.HISTORY_CHANGED);
    }

    @Test
    void aJournalSignedWholeWithAnotherKeyIsNamed() {
        SignedHead again = sign(entries, other);
        Anchor key = new Anchor(Optional.of(ours.getPublic()), Optional.empty());
        Anchor headOnly = new Anchor(Optional.empty(), Optional.of(head));
        assertThat(names(check(text(entries), leaves(entries), again))).containsExactly(Refusal.HEAD_NOT_SIGNED);
        assertThat(names(check(text(entries), leaves(entries), again, other.getPublic(), key)))
                .containsExactly(Refusal.OTHER_KEY);
        assertThat(names(check(text(entries), leaves(entries), again, other.getPublic(), headOnly)))
                .containsExactly(Refusal.OTHER_KEY);
    }

    @Test
    void aHeadFromElsewhereThatNobodySignedAnchorsNothing() {
        SignedHead forged = new SignedHead(head.size(), head.root(), AT, "AAAA");
        Anchor anchor = new Anchor(Optional.of(ours.getPublic()), Optional.of(forged));
        assertThat(names(check(text(entries), leaves(entries), head, ours.getPublic(), anchor)))
                .containsExactly(Refusal.HEAD_NOT_SIGNED);
    }

    @Test
    void aChangedListOfLeavesIsRefusedThoughTheEntriesHold() {
        List<Hash> leaves = new ArrayList<>(leaves(entries));
        Collections.swap(leaves, 0, 1);
        assertThat(names(check(text(entries), leaves, head))).containsExactly(Refusal.BYTES_CHANGED);
    }

    @Test
    void aFactThatOnlyANewerNodeReadsStopsTheCheck() {
        Fact strange = new Fact() {
            @Override
            public String kind() {
                return "moon.fell";
            }

            @Override
            public List<Line> lines() {
                return List.of();
            }
        };
        List<Entry> newer = new ArrayList<>(entries);
        newer.add(new Samples(4).entry(strange));
        assertThat(names(check(text(newer), leaves(newer), sign(newer, ours))))
                .containsExactly(Refusal.FACT_UNREADABLE);
    }

    @Test
    void aSegmentCarriesItsFirstNumberAndItsHead() throws IOException {
        StringBuilder text = new StringBuilder();
        EntryText segment = new EntryText(text, 30);
        for (Entry entry : entries.subList(30, 40)) {
            segment.write(entry);
        }
        segment.end(head);
        EntryReader reader = new EntryReader(new ByteArrayInputStream(bytes(text.toString())));
        List<Entry> read = new ArrayList<>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            assertThat(next.get().number()).isEqualTo(30 + read.size());
            read.add(next.get().entry());
        }
        assertThat(read).isEqualTo(entries.subList(30, 40));
        assertThat(reader.isWhole()).isTrue();
        assertThat(reader.head()).contains(head);
    }

    @Test
    void textThatIsNoTextOfEntriesIsRefusedAtOnce() {
        for (String text : List.of("PK\3\4\n", "holdfast-entries 2\nfirst 0\n\n", "\n")) {
            assertThatThrownBy(() -> new EntryReader(new ByteArrayInputStream(bytes(text))))
                    .isInstanceOf(BadEntry.class);
        }
    }

    private Checked check(byte[] text, List<Hash> leaves, SignedHead signed) {
        return check(text, leaves, signed, ours.getPublic(), Anchor.NONE);
    }

    private static Checked check(byte[] text, List<Hash> leaves, SignedHead signed, PublicKey key, Anchor anchor) {
        try {
            return JournalCheck.check(
                    new JournalCheck.Given(new ByteArrayInputStream(text), leaves, signed, key), anchor);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Refusal> names(Checked checked) {
        return checked.refused().stream().map(Refused::refusal).toList();
    }

    private static List<Entry> entries(int count, long seed) {
        Samples samples = new Samples(seed);
        List<Entry> entries = new ArrayList<>();
        while (entries.size() < count) {
            samples.oneOfEach().stream()
                    .limit(count - entries.size())
                    .map(samples::entry)
                    .forEach(entries::add);
        }
        return entries;
    }

    private static byte[] text(List<Entry> entries) {
        StringBuilder out = new StringBuilder();
        try {
            EntryText text = new EntryText(out, 0);
            for (Entry entry : entries) {
                text.write(entry);
            }
            text.end();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes(out.toString());
    }

    private static List<Hash> leaves(List<Entry> entries) {
        return entries.stream().map(Entry::leaf).toList();
    }

    private static SignedHead sign(List<Entry> entries, KeyPair pair) {
        try {
            return SignedHead.sign(entries.size(), MerkleTree.rootOf(leaves(entries)), AT, pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
