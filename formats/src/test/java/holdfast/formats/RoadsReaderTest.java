package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Link;
import holdfast.transfer.Shares;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RoadsReaderTest {
    private static final StorageName A = new StorageName("A");
    private static final StorageName B = new StorageName("B");
    private static final StorageName H = new StorageName("H");

    @Test
    void limitsAndHopsAreReadAndWhatIsNotSaidHasItsDefault() {
        Roads roads = SitesFile.read("""
            holdfast-sites: 1
            landing: A
            elements:
              A: { site: a, medium: archival-disk, driver: posix, copies-from: 20 }
              B: { site: b, medium: archival-disk, driver: posix, copies-to: 5 }
              H: { site: h, medium: disk, driver: posix, hop: yes }
            links:
              - { from: A, to: B, copies: 0 }
              - { from: H, to: B, copies: 7 }
            """, "x").orThrow().roads();
        assertThat(roads.from(A)).isEqualTo(20);
        assertThat(roads.from(B)).isEqualTo(Roads.FROM);
        assertThat(roads.to(B)).isEqualTo(5);
        assertThat(roads.to(A)).isEqualTo(Roads.TO);
        assertThat(roads.isClosed(new Link(A, B))).isTrue();
        assertThat(roads.isClosed(new Link(B, A))).isFalse();
        assertThat(roads.on(new Link(H, B))).isEqualTo(OptionalInt.of(7));
        assertThat(roads.hops()).containsExactly(H);
    }

    @Test
    void sharesOfActivitiesAreReadFromThePolicyFile() throws IOException {
        String right = Files.readString(Path.of("src", "test", "resources", "broken", "right-policy.yaml"));
        assertThat(PolicyFile.shares(right, "x").orThrow()).isEqualTo(Shares.EVEN);
        String said = right + "activities: { custody: 60, Data Rebalancing: 5 }\n";
        assertThat(PolicyFile.shares(said, "x").orThrow())
                .isEqualTo(new Shares(Map.of(Activity.CUSTODY, 60, new Activity("Data Rebalancing"), 5)));
        assertThat(PolicyFile.read(said, "x")).isInstanceOf(Result.Read.class);
    }
}
