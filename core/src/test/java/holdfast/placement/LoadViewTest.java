package holdfast.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadViewTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2027, 1, 1);
    private static final SiteName NEAR = new SiteName("near");
    private static final SiteName FAR = new SiteName("far");

    @Test
    void theLargerOfTwoViewsIsTakenForEachSiteAndPeriod() {
        DataId file = new DataId(new Scope("raw"), "file");
        Map<DataId, Set<StorageName>> ordered = Map.of(file, Set.of(new StorageName("NEAR-RAW")));
        LoadView now = new LoadView(Map.of(FIRST, Map.of(NEAR, new ByteSize(5), FAR, new ByteSize(2))), ordered);
        LoadView before = new LoadView(
                Map.of(
                        FIRST,
                        Map.of(NEAR, new ByteSize(3), FAR, new ByteSize(4)),
                        SECOND,
                        Map.of(FAR, new ByteSize(1))),
                Map.of());
        LoadView both = now.atLeast(before);
        assertThat(both.bytes(FIRST, NEAR)).isEqualTo(5);
        assertThat(both.bytes(FIRST, FAR)).isEqualTo(4);
        assertThat(both.bytes(SECOND, FAR)).isEqualTo(1);
        assertThat(both.bytes(SECOND, NEAR)).isZero();
        assertThat(both.ordered(file)).isEqualTo(now.ordered(file));
    }
}
