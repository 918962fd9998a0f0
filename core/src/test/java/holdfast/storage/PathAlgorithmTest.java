package holdfast.storage;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.DataId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathAlgorithmTest {

    /** As the field's server answered. */
    @ParameterizedTest
    @CsvSource({
        "g1fde6d:f1, g1fde6d/39/ae/f1",
        "g80d470:f1, g80d470/0d/55/f1",
        "g80d470:file0, g80d470/91/ca/file0",
        "g80d470:file1, g80d470/93/b1/file1",
    })
    void theHashIsThatOfScopeAndName(String id, String path) {
        assertThat(PathAlgorithm.HASH.path(DataId.parse(id))).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "user.jdoe:a, user/jdoe",
        "group.phys.x:a, group/phys/x",
        "data.x:a, data.x",
        "mc:a, mc",
    })
    void scopesOfUsersAndGroupsAreFoldersWithinFolders(String id, String folder) {
        assertThat(PathAlgorithm.IDENTITY.path(DataId.parse(id))).isEqualTo(folder + "/a");
        assertThat(PathAlgorithm.HASH.path(DataId.parse(id))).matches(folder + "/[0-9a-f]{2}/[0-9a-f]{2}/a");
    }

    @Test
    void theNameAloneIsItsOwnPath() {
        assertThat(PathAlgorithm.NAME.path(DataId.parse("mc:/lab/mc/x"))).isEqualTo("/lab/mc/x");
        assertThat(PathAlgorithm.called("HASH")).hasValue(PathAlgorithm.HASH);
        assertThat(PathAlgorithm.called("other")).isEmpty();
    }
}
