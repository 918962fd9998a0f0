package holdfast.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Golden;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NameKeyTest {

    static Stream<List<String>> golden() {
        return Golden.rows("name-keys.tsv").stream();
    }

    @Test
    void aHundredGoldenNamesArePromised() {
        assertThat(golden()).hasSize(100).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aGoldenNameKeepsItsKeyForEver(List<String> row) {
        DataId id = new DataId(new Scope(row.get(0)), row.get(1));
        NameKey key = id.key();
        assertThat(NameKey.directory(id.name())).isEqualTo(row.get(2));
        assertThat(key.home()).isEqualTo(Long.parseLong(row.get(3)));
        assertThat(key.leaf()).isEqualTo(Long.parseLong(row.get(4)));
        assertThat(key.slice(8)).isEqualTo(Integer.parseInt(row.get(5)));
        assertThat(key.slice(30)).isEqualTo(Integer.parseInt(row.get(6)));
        assertThat(NameKey.homeOf(id.scope(), row.get(2))).isEqualTo(key.home());
    }

    @Test
    void slicesCutADirectoryIntoRangesWithoutGapOrOverlap() {
        Random random = new Random(7);
        for (int bits = 0; bits <= NameKey.MOST_BITS; bits++) {
            int last = (1 << bits) - 1;
            assertThat(NameKey.firstLeaf(0, bits)).isEqualTo(Long.MIN_VALUE);
            assertThat(NameKey.lastLeaf(last, bits)).isEqualTo(Long.MAX_VALUE);
            for (int i = 0; i < 50; i++) {
                NameKey key = new NameKey(0, random.nextLong());
                int slice = key.slice(bits);
                assertThat(key.leaf()).isBetween(NameKey.firstLeaf(slice, bits), NameKey.lastLeaf(slice, bits));
                if (slice < last) {
                    assertThat(NameKey.firstLeaf(slice + 1, bits)).isEqualTo(NameKey.lastLeaf(slice, bits) + 1);
                }
            }
        }
        assertThatThrownBy(() -> new NameKey(0, 0).slice(31)).isInstanceOf(BadWord.class);
    }

    @Test
    void aNameIsCountedInCharactersAndNeverHoldsHalfOfOne() {
        Scope scope = new Scope("s");
        assertThat(new DataId(scope, "😀".repeat(250)).name()).hasSize(500);
        assertThatThrownBy(() -> new DataId(scope, "n".repeat(251))).isInstanceOf(BadWord.class);
        assertThatThrownBy(() -> new DataId(scope, "a\ud83d")).isInstanceOf(BadWord.class);
        assertThatThrownBy(() -> new DataId(scope, "\ude00a")).isInstanceOf(BadWord.class);
        assertThatThrownBy(() -> new DataId(scope, "a\u0000")).isInstanceOf(BadWord.class);
    }

    @Test
    void namesSortAsTheirBytesDo() {
        Random random = new Random(11);
        int[] alphabet = {'/', 'a', 'b', '\\', 0xE9, 0xD7FF, 0xE000, 0xFFEE, 0x1F600, 0x10FFFF};
        for (int i = 0; i < 5_000; i++) {
            String one = text(random, alphabet);
            String other = text(random, alphabet);
            int byBytes = java.util.Arrays.compareUnsigned(
                    one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    other.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(Integer.signum(CodePoints.compare(one, other))).isEqualTo(Integer.signum(byBytes));
        }
    }

    @Test
    void twoNamesNeverShareThePathOfARewriting() {
        DataId file = new DataId(new Scope("s"), "/a/b");
        assertThat(StoragePath.of(file, StoragePath.Layout.NAME, 0)).hasToString("a/b");
        assertThat(StoragePath.of(file, StoragePath.Layout.SCOPE_AND_NAME, 2)).hasToString(".rewritten-2/s/a/b");
        assertThatThrownBy(() -> StoragePath.of(DataId.parse("s:.rewritten-2/s/a/b"), StoragePath.Layout.NAME, 0))
                .isInstanceOf(BadWord.class)
                .hasMessageContaining("kept for new writings");
    }

    private static String text(Random random, int[] alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }
}
