package holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test of the test for what only sources show. */
class SourceTreeTest {

    @TempDir
    private Path root;

    @BeforeEach
    void aClassInARoom() throws IOException {
        Files.createDirectories(root.resolve("room"));
        Files.writeString(root.resolve("room/Chair.java"), "package room;\n\nrecord Chair() {}\n");
    }

    @Test
    void aPackageThatSaysItsPurposePasses() throws IOException {
        describe("/** What people sit on,\n * and what they lean on. */\n@NullMarked\npackage room;\n");
        assertThat(new SourceTree(root).packagesWithoutPurpose()).isEmpty();
    }

    @Test
    void aPackageWithoutPackageInfoFails() {
        assertThat(new SourceTree(root).packagesWithoutPurpose()).containsExactly("room has no package-info.java");
    }

    @Test
    void aPackageWithoutAPurposeFails() throws IOException {
        describe("@NullMarked\npackage room;\n");
        assertThat(new SourceTree(root).packagesWithoutPurpose())
                .containsExactly("room does not say in one sentence what it is for");
    }

    @Test
    void aPackageWithAnEmptyCommentFails() throws IOException {
        describe("/** */\n@NullMarked\npackage room;\n");
        assertThat(new SourceTree(root).packagesWithoutPurpose())
                .containsExactly("room does not say in one sentence what it is for");
    }

    @Test
    void aPackageThatIsNotNullMarkedFails() throws IOException {
        describe("/** What people sit on. */\n// @NullMarked\npackage room;\n");
        assertThat(new SourceTree(root).packagesWithoutPurpose()).containsExactly("room is not @NullMarked");
    }

    @Test
    void aWordThatIsNotWantedIsFoundInAnyCase() throws IOException {
        Files.writeString(root.resolve("room/words.properties"), "a=1\nsite=OldTown\n");
        assertThat(new SourceTree(root).linesWith(Set.of("oldtown")))
                .containsExactly("room/words.properties:2: site=OldTown");
    }

    private void describe(String text) throws IOException {
        Files.writeString(root.resolve("room/package-info.java"), text);
    }
}
