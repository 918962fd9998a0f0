package holdfast.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test of the test: each rule fails on a class that breaks it, and names that class. */
class HouseRulesTest {

    private static final String BROKEN = "holdfast.house.broken.";

    @Test
    void anUpwardImportFails() {
        assertThat(faults(HouseRules.floors(BROKEN + "upward"), "upward"))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("vocabulary must not import from custody"));
    }

    @Test
    void anImportFromTheSameFloorFails() {
        assertThat(faults(HouseRules.floors(BROKEN + "sideways"), "sideways"))
                .isNotEmpty()
                .allMatch(fault -> fault.startsWith("placement must not import from retention"));
    }

    @Test
    void aRoomThatNoFloorHasFails() {
        assertThat(faults(HouseRules.floors(BROKEN + "unknown"), "unknown"))
                .singleElement()
                .asString()
                .contains("no floor has: attic");
    }

    @Test
    void aCycleFails() {
        assertThat(faults(HouseRules.noCycles(BROKEN + "cycle"), "cycle"))
                .singleElement()
                .asString()
                .contains("first", "second", "third");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UsesALibrary", "SpeaksSql", "HoldsADataSource", "SpeaksHttp", "ReadsAFile", "OpensAStream"})
    void aFrameworkInCoreFails(String offender) {
        assertThat(faults(HouseRules.coreIsFreeOfFrameworks(), "framework"))
                .anyMatch(fault -> fault.contains("framework." + offender));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InstantNow",
                "InstantNowByReference",
                "InstantNowInALambda",
                "Today",
                "Millis",
                "Nanos",
                "SystemClock",
                "Environment",
                "Property",
                "RandomId",
                "NewRandom",
                "NewSecureRandom",
                "MathRandom",
                "ThreadRandom",
                "Sleeper"
            })
    void aClockOrChanceOrEnvironmentReadInCoreFails(String offender) {
        assertThat(faults(HouseRules.coreReadsNoClockAndNoEnvironment(), "clock"))
                .anyMatch(fault -> fault.contains("Readings$" + offender + "."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"StrayCaller.", "StrayReference.", "StrayCallerOfOneKind."})
    void anotherCallerOfADriversDeleteFails(String offender) {
        assertThat(faults(HouseRules.onlyTheReleaseGuardDeletes(BROKEN + "delete.guard"), "delete"))
                .anyMatch(fault -> fault.contains("delete." + offender));
    }

    @Test
    void theReleaseGuardItselfMayDelete() {
        assertThat(faults(HouseRules.onlyTheReleaseGuardDeletes(BROKEN + "delete.guard"), "delete"))
                .noneMatch(fault -> fault.contains("delete.guard.Guard"));
    }

    @Test
    void aLibraryThatAModuleDoesNotNameFails() {
        assertThat(faults(HouseRules.usesOnly("holdfast.", "javax.sql."), "framework"))
                .isNotEmpty()
                .allMatch(fault -> fault.contains("UsesALibrary"));
    }

    private static List<String> faults(ArchRule rule, String fixture) {
        JavaClasses classes = new ClassFileImporter().importPackages(BROKEN + fixture);
        return rule.evaluate(classes).getFailureReport().getDetails();
    }
}
