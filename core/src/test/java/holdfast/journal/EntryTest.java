package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.vocabulary.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryTest {

    @Test
    void goldenEntriesKeepTheirHeadersLeavesAndRootsForEver() {
        MerkleTree journal = new MerkleTree();
        for (List<String> row : Golden.rows("journal-entries.tsv")) {
            Entry entry = entry(row);
            assertThat(new String(entry.header(), StandardCharsets.UTF_8)).isEqualTo(row.get(9));
            assertThat(entry.linesRoot().hex()).isEqualTo(row.get(8));
            assertThat(entry.leaf().hex()).isEqualTo(row.get(10));
            journal.append(entry.leaf());
            assertThat(journal.root().hex()).isEqualTo(row.get(11));
        }
        assertThat(journal.size()).isEqualTo(5);
    }

    @Test
    void aLineIsShownAloneByItsSaltAndItsPath() {
        for (List<String> row : Golden.rows("journal-entries.tsv")) {
            Entry entry = entry(row);
            List<Hash> hashes = Arrays.stream(row.get(7).split(" "))
                    .filter(h -> !h.isEmpty())
                    .map(Hash::parse)
                    .toList();
            for (int i = 0; i < entry.lines().size(); i++) {
                Hash shown =
                        Hash.leaf(entry.seed().salt(i), entry.lines().get(i).bytes());
                assertThat(shown).isEqualTo(hashes.get(i));
                assertThat(InclusionProof.of(hashes, i).rootFor(shown)).isEqualTo(entry.linesRoot());
            }
        }
    }

    @Test
    void theBytesOfAnEntryDoNotFollowTheLanguageOfTheMachine() {
        Entry entry = entry(Golden.rows("journal-entries.tsv").get(1));
        SignedHead head = new SignedHead(12, Hash.EMPTY, Instant.EPOCH.plusSeconds(1234567), "");
        byte[] header = entry.header();
        String text = head.text();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(entry.header()).isEqualTo(header);
            assertThat(head.text()).isEqualTo(text);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aKindThatCouldForgeAHeaderIsRefused() {
        for (String kind : List.of("", "a", "a.b\nversion 2", "A.b", "a.B", "a.b c", "a.b.c")) {
            assertThatThrownBy(() -> new Entry(
                            new UUID(0, 0),
                            Instant.EPOCH,
                            new Actor("a"),
                            kind,
                            1,
                            List.of(),
                            new Entry.Seed(new byte[32])))
                    .isInstanceOf(BadEntry.class);
        }
    }

    @Test
    void timeIsCutToTheMicrosecondBeforeAndAfter1970() {
        for (long nanos : new long[] {-1_500, -1_000, -1, 0, 1, 999, 1_000, 1_999}) {
            Instant at = Instant.EPOCH.plusNanos(nanos);
            assertThat(Micros.of(at)).isEqualTo(Math.floorDiv(nanos, 1_000));
            assertThat(Micros.instant(Micros.of(at))).isEqualTo(Micros.cut(at));
        }
    }

    private static Entry entry(List<String> row) {
        return new Entry(
                UUID.fromString(row.get(0)),
                Micros.instant(Long.parseLong(row.get(1))),
                new Actor(row.get(2)),
                row.get(3),
                Integer.parseInt(row.get(4)),
                row.get(6).lines().map(Line::of).toList(),
                new Entry.Seed(HexFormat.of().parseHex(row.get(5))));
    }
}
