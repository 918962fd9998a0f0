package holdfast.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Roads;
import holdfast.plan.Roads.Ends;
import holdfast.plan.Roads.Link;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final StorageName A = new StorageName("A");
    private static final StorageName B = new StorageName("B");
    private static final StorageName C = new StorageName("C");
    private static final StorageName H = new StorageName("HOP-1");
    private static final StorageName K = new StorageName("HOP-2");
    private static final Link STRAIGHT = new Link(A, B);

    private final Map<Link, Integer> links = new HashMap<>(Map.of(STRAIGHT, 0));
    private final Map<Link, Long> far = new HashMap<>();

    private Optional<StorageName> lastHop(StorageName... from) {
        Route route = new Route(new Roads(Map.of(), links), Set.of(H, K), link -> {
            Long known = far.get(link);
            return known == null ? OptionalLong.empty() : OptionalLong.of(known);
        });
        return route.lastHop(List.of(from), B);
    }

    @Test
    void theShortestWayByTheDistancesIsTaken() {
        far.putAll(Map.of(new Link(A, H), 5L, new Link(H, B), 5L, new Link(A, K), 1L, new Link(K, B), 3L));
        assertThat(lastHop(A)).contains(K);
        far.put(new Link(K, B), 50L);
        assertThat(lastHop(A)).contains(H);
    }

    @Test
    void aClosedLinkIsNoWay() {
        links.put(new Link(H, B), 0);
        assertThat(lastHop(A)).contains(K);
        links.put(new Link(A, K), 0);
        // From A to the first, on to the second, and from there.
        assertThat(lastHop(A)).contains(K);
        links.put(new Link(H, K), 0);
        assertThat(lastHop(A)).isEmpty();
    }

    @Test
    void aHopThatHoldsTheFileAlreadyIsASourceAndNoHop() {
        links.put(new Link(H, B), 0);
        links.put(new Link(H, K), 0);
        links.put(new Link(C, K), 0);
        assertThat(lastHop(H, C)).isEmpty();
        links.remove(new Link(C, K));
        assertThat(lastHop(H, C)).contains(K);
    }

    @Test
    void ofEqualWaysTheOneWithFewerHopsAndThenTheFirstNameIsTaken() {
        assertThat(lastHop(A)).contains(H);
    }

    @Test
    void onlyElementsThatSaySoAreHops() {
        Roads roads = new Roads(
                Map.of(
                        H,
                        new Ends(OptionalInt.empty(), OptionalInt.empty(), true),
                        C,
                        new Ends(OptionalInt.of(3), OptionalInt.empty(), false)),
                links);
        assertThat(roads.hops()).containsExactly(H);
    }
}
