package holdfast.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.work.Downtimes.Declared;
import holdfast.storage.Downtime;
import holdfast.storage.Medium;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DowntimesTest {
    private static final Actor OPERATOR = new Actor("operator");
    private static final StorageName SECOND = new StorageName("SECOND-DISK");

    @TempDir
    Path folder;

    private WorkHouse house;
    private Downtimes downtimes;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder);
        house.disk();
        house.add(SECOND, Medium.DISK, house.posix(SECOND));
        downtimes = new Downtimes(house.place);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Downtime downtime(SiteName site, String reason) {
        return new Downtime(site, house.now(), house.now().plus(Duration.ofDays(2)), reason);
    }

    @Test
    void aDowntimeHoldsForEveryElementOfTheSiteByOneFact() {
        Downtime move = downtime(WorkHouse.LAB, "new cooling");

        assertThat(downtimes.declare(move, OPERATOR, false))
                .isEqualTo(new Declared.Done(List.of(WorkHouse.DISK, SECOND), false));

        assertThat(house.entries()).isOne();
        assertThat(house.condition(WorkHouse.DISK).downtimes()).containsExactly(move);
        assertThat(house.condition(SECOND).downtimeAt(house.now())).hasValue(move);
    }

    @Test
    void aDryRunRecordsNothing() {
        assertThat(downtimes.declare(downtime(WorkHouse.LAB, "new cooling"), OPERATOR, true))
                .isEqualTo(new Declared.Done(List.of(WorkHouse.DISK, SECOND), true));
        assertThat(house.entries()).isZero();
    }

    @Test
    void theSameDowntimeIsDeclaredOnlyOnce() {
        Downtime move = downtime(WorkHouse.LAB, "new cooling");
        downtimes.declare(move, OPERATOR, false);

        assertThat(downtimes.declare(move, OPERATOR, false)).isInstanceOf(Declared.Refused.class);
        assertThat(house.entries()).isOne();
    }

    @Test
    void anUnknownSiteIsRefusedWithThoseThatExist() {
        Declared answer = downtimes.declare(downtime(new SiteName("MOON"), "dust"), OPERATOR, false);

        assertThat(answer).isEqualTo(new Declared.Refused("the sites file names no site MOON: choose one of [LAB]"));
    }

    @Test
    void aDowntimeWithoutAReasonOrInThePastIsRefused() {
        Downtime past = new Downtime(
                WorkHouse.LAB,
                house.now().minus(Duration.ofDays(2)),
                house.now().minus(Duration.ofDays(1)),
                "late paper");

        assertThat(downtimes.declare(downtime(WorkHouse.LAB, " "), OPERATOR, false))
                .isInstanceOf(Declared.Refused.class);
        assertThat(downtimes.declare(past, OPERATOR, false)).isInstanceOf(Declared.Refused.class);
    }

    @Test
    void copiesInADowntimeAreNotInspectedAndElementsNotListed() {
        house.files(1, 100);
        downtimes.declare(downtime(WorkHouse.LAB, "new cooling"), OPERATOR, false);

        assertThat(new FixityWorker(house.place, FixitySettings.DEFAULTS).step(WorkHouse.DISK))
                .isZero();
        assertThat(new Listing(
                                house.place,
                                ListingSettings.DEFAULTS,
                                FixitySettings.DEFAULTS,
                                holdfast.vocabulary.StoragePath.Layout.NAME)
                        .step(WorkHouse.DISK))
                .isEmpty();
    }
}
