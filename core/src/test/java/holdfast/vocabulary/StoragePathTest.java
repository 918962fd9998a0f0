package holdfast.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoragePathTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "a/./b", "../a", "a/..", "a\tb", "a\nb", "\uD83D"})
    void aPathThatCouldLeaveItsElementOrBreakALineIsNone(String path) {
        assertThatThrownBy(() -> new StoragePath(path)).isInstanceOf(BadWord.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a/...", ".a", "a..", "a/.b/..c", " ", "\uD83D\uDE00"})
    void dotsWithinANameAreNames(String path) {
        assertThat(new StoragePath(path).path()).isEqualTo(path);
    }

    @Test
    void aWritingsFolderIsReadBack() {
        DataId id = new DataId(new Scope("raw"), "/lab/a");
        StoragePath third = StoragePath.of(id, StoragePath.Layout.NAME, 3);

        assertThat(third.writing()).isEqualTo(3);
        assertThat(third.plain()).isEqualTo("lab/a");
        assertThat(new StoragePath("lab/a").writing()).isZero();
    }
}
