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
 * A mover brings a copy to an element while the damaged copy there is released by two signatures, over days: whoever
 * comes first, nothing is revived, and no copy is said to stand whose bytes the release took.
 */
final class ArrivalMeetsRelease implements Race {
    private static final List<CopyState> DAMAGE = List.of(CopyState.MISSING, CopyState.CORRUPT, CopyState.UNREADABLE);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        DataId file = Cast.id(0);
        cast.threeCopies(file);
        ground.node(0).attendAll();
        StorageName to = random.nextBoolean() ? Ground.NEAR : Ground.FAR;
        // Both friends lose theirs, so that one is ordered; then the other comes back, and the damaged one is surplus.
        CopyState damage = DAMAGE.get(random.nextInt(3));
        StorageName other = to.equals(Ground.NEAR) ? Ground.FAR : Ground.NEAR;
        cast.change(ground.node(0), file, other, CopyState.RELEASING, List.of(CopyState.PROVED));
        cast.change(ground.node(0), file, to, damage, List.of(CopyState.PROVED));
        CopyRow row = cast.copyOf(file, to).orElseThrow();
        if (damage == CopyState.MISSING) {
            ground.disk(to).lose(row.path());
        } else {
            ground.disk(to).damage(row.path(), new byte[] {1});
        }
        ground.node(0).attendAll();
        if (!cast.wanted().equals(to)) {
            throw new AssertionError("wanted at " + cast.wanted() + ", not at " + to);
        }
        cast.decide(ground.node(0), file, other, CopyState.PROVED);
        SignedAct act = Signing.halfSigned(ground.node(1), to, file);
        ground.turns(random)
                .actor("mover", ground.threads(), () -> ground.node(0).mover.step(to, 1))
                .actor("release", ground.threads(), () -> {
                    Signing.sign(ground.node(1), act, Signing.BOB);
                    ground.pass(Duration.ofDays(8));
                    ground.node(1).releaser.step();
                })
                .play();
        CopyRow now = cast.copyOf(file, to).orElseThrow();
        if (now.state().stands() && !cast.isThere(now)) {
            throw new AssertionError("the row says " + now + ", and its bytes are gone: " + ground.removed());
        }
        cast.eachCopyHasItsBytes(List.of(file));
        ground.summariesAreFresh();
        ground.check();
    }
}
