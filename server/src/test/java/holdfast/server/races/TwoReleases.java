package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.retention.SignedAct;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Of three copies one is surplus, and two releases of different copies get their last signatures at once, while two nodes
 * carry out what may be carried out: at most one copy goes, and two good ones stand.
 */
final class TwoReleases implements Race {
    private static final Duration PAST_THE_WINDOW = Duration.ofDays(8);
    private static final DataId FILE = Cast.id(0);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        cast.threeCopies(FILE);
        Node first = ground.node(0);
        boolean signedBefore = random.nextBoolean();
        SignedAct one =
                signedBefore ? Signing.signed(first, Ground.NEAR, FILE) : Signing.halfSigned(first, Ground.NEAR, FILE);
        boolean withdraws = signedBefore && random.nextInt(3) == 0;
        SignedAct two = signedBefore ? one : Signing.halfSigned(first, Ground.FAR, FILE);
        ground.turns(random)
                .actor("one", ground.threads(), () -> {
                    if (!signedBefore) {
                        Signing.sign(ground.node(0), one, Signing.BOB);
                    } else if (withdraws) {
                        Signing.withdraw(ground.node(0), one);
                        Signing.release(ground.node(0), Ground.FAR, FILE);
                    } else {
                        ground.pass(PAST_THE_WINDOW);
                        ground.node(0).releaser.step();
                    }
                })
                .actor("two", ground.threads(), () -> {
                    if (!signedBefore) {
                        Signing.sign(ground.node(1), two, Signing.BOB);
                    }
                    ground.pass(PAST_THE_WINDOW);
                    ground.node(1).releaser.step();
                })
                .actor("worker", ground.threads(), () -> {
                    ground.node(2).releaser.step();
                    ground.node(2).attendant.step();
                })
                .play();
        ground.pass(PAST_THE_WINDOW);
        ground.node(2).releaser.step();
        check(ground, cast);
    }

    private static void check(Ground ground, Cast cast) {
        List<CopyRow> copies = cast.holding(FILE).copies();
        long gone = copies.stream()
                .filter(c -> c.state() == CopyState.RELEASED || c.state() == CopyState.RELEASING)
                .count();
        if (gone > 1 || ground.removed().stream().distinct().count() > 1) {
            throw new AssertionError("two copies went: " + copies + ", removed " + ground.removed());
        }
        cast.eachCopyHasItsBytes(List.of(FILE));
        for (CopyRow copy : copies) {
            boolean stands = cast.isThere(copy);
            if (stands == (copy.state() == CopyState.RELEASED)) {
                throw new AssertionError(copy + (stands ? " has" : " has no") + " bytes");
            }
        }
        StorageName home = Ground.HOME;
        if (!cast.copyOf(FILE, home).orElseThrow().state().stands()) {
            throw new AssertionError("the copy at home went");
        }
        ground.summariesAreFresh();
        ground.check();
    }
}
