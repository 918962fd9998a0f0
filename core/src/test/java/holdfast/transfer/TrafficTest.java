package holdfast.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Ends;
import holdfast.plan.Roads.Link;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final StorageName A = new StorageName("A");
    private static final StorageName B = new StorageName("B");
    private static final StorageName C = new StorageName("C");
    private static final Roads ROADS = new Roads(
            Map.of(
                    B, new Ends(OptionalInt.of(3), OptionalInt.empty(), false),
                    C, new Ends(OptionalInt.empty(), OptionalInt.of(1), false)),
            Map.of(new Link(A, B), 2));

    private final Traffic traffic = new Traffic(ROADS);

    @Test
    void aFullLinkSaysSoWithItsLimit() {
        traffic.add(new Link(A, B), 1);
        assertThat(traffic.obstacle(new Link(A, B))).isEmpty();
        traffic.add(new Link(A, B), 1);
        assertThat(traffic.obstacle(new Link(A, B)))
                .contains("waits its turn: the most copies at once from A to B are 2, and so many are under way");
        assertThat(traffic.obstacle(new Link(B, A))).isEmpty();
        assertThat(traffic.obstacle(new Link(C, B))).isEmpty();
    }

    @Test
    void bothEndsCountTheCopiesOfAllTheirLinks() {
        traffic.add(new Link(A, B), 2);
        traffic.add(new Link(C, B), 1);
        assertThat(traffic.obstacle(new Link(new StorageName("D"), B)))
                .hasValueSatisfying(why -> assertThat(why).contains("at once to B are 3"));
        assertThat(traffic.obstacle(new Link(C, A)))
                .hasValueSatisfying(why -> assertThat(why).contains("at once from C are 1"));
    }

    @Test
    void whereNothingIsSaidTheUsualLimitsHold() {
        traffic.add(new Link(A, C), Roads.TO);
        assertThat(traffic.obstacle(new Link(A, C))).isPresent();
        assertThat(Roads.OPEN.limitNothing()).isTrue();
        assertThat(ROADS.limitNothing()).isFalse();
    }
}
