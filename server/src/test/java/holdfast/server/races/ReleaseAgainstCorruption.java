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
 * A surplus copy is being released while another copy of the file is found to be bad: once that is recorded, no byte of
 * the surplus copy goes any more.
 */
final class ReleaseAgainstCorruption implements Race {
    private static final List<CopyState> GOOD = List.of(CopyState.PROVED, CopyState.SUSPECT);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        DataId file = Cast.id(0);
        cast.threeCopies(file);
        Node first = ground.node(0);
        boolean signed = random.nextInt(3) > 0;
        SignedAct act =
                signed ? Signing.signed(first, Ground.NEAR, file) : Signing.halfSigned(first, Ground.NEAR, file);
        if (signed) {
            ground.pass(Duration.ofDays(8));
        }
        StorageName bad = random.nextBoolean() ? Ground.HOME : Ground.FAR;
        CopyState found = List.of(CopyState.CORRUPT, CopyState.MISSING, CopyState.UNREADABLE)
                .get(random.nextInt(3));
        boolean twice = random.nextBoolean();
        ground.turns(random)
                .actor("release", ground.threads(), () -> {
                    if (!signed) {
                        Signing.sign(ground.node(0), act, Signing.BOB);
                        ground.pass(Duration.ofDays(8));
                    }
                    ground.node(0).releaser.step();
                })
                .actor("fixity", ground.threads(), () -> {
                    if (twice) {
                        cast.change(ground.node(1), file, bad, CopyState.SUSPECT, GOOD);
                    }
                    cast.change(ground.node(1), file, bad, found, GOOD);
                })
                .actor(
                        "worker",
                        ground.threads(),
                        () -> ground.node(2).attendant.step())
                .play();
        CopyRow going = cast.copyOf(file, Ground.NEAR).orElseThrow();
        boolean released = going.state() == CopyState.RELEASED;
        if (released != !cast.isThere(going) || released != !ground.removed().isEmpty()) {
            throw new AssertionError(going + ", removed " + ground.removed());
        }
        ground.node(2).releaser.step();
        ground.summariesAreFresh();
        ground.check();
    }
}
