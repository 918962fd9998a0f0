package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import holdfast.house.HouseRules;
import holdfast.house.SourceTree;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the house, asked of this module. */
class HouseTest {

    private static final JavaClasses CLASSES = HouseRules.mainClasses();
    private static final SourceTree SOURCES = new SourceTree(Path.of("src", "main"));

    @Test
    void noTwoPackagesImportEachOther() {
        HouseRules.noCycles("holdfast").check(CLASSES);
    }

    @Test
    void onlyTheReleaseGuardDeletes() {
        HouseRules.onlyTheReleaseGuardDeletes("holdfast.retention").check(CLASSES);
    }

    @Test
    void theCommandLineStartsFastBecauseItUsesLittle() {
        HouseRules.usesOnly("holdfast.", "javax.net.ssl.", "org.jspecify.", "picocli.")
                .check(CLASSES);
    }

    @Test
    void everyPackageSaysItsPurpose() {
        assertThat(SOURCES.packagesWithoutPurpose()).isEmpty();
    }

    @Test
    void noExperimentIsWrittenIntoTheCode() {
        assertThat(SOURCES.linesWith(Set.of("belle", "kek", "cnaf"))).isEmpty();
    }
}
