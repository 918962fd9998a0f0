package holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The house as it stands: every rule, asked of core's rooms. */
class HouseTest {

    private static final JavaClasses CORE = HouseRules.mainClasses();
    private static final SourceTree SOURCES = new SourceTree(Path.of("src", "main"));

    @Test
    void importsLeadDown() {
        HouseRules.floors("holdfast").check(CORE);
    }

    @Test
    void noTwoPackagesImportEachOther() {
        HouseRules.noCycles("holdfast").check(CORE);
    }

    @Test
    void coreIsFreeOfFrameworks() {
        HouseRules.coreIsFreeOfFrameworks().check(CORE);
    }

    @Test
    void coreReadsNoClockAndNoEnvironment() {
        HouseRules.coreReadsNoClockAndNoEnvironment().check(CORE);
    }

    @Test
    void onlyTheReleaseGuardDeletes() {
        HouseRules.onlyTheReleaseGuardDeletes("holdfast.retention").check(CORE);
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
