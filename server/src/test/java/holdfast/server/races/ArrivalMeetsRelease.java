package holdfast.server.races;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Random;

/** A mover brings a copy while that very copy is put on its way out: whoever comes first, nothing is revived. */
final class ArrivalMeetsRelease implements Race {

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        DataId id = Cast.id(0);
        cast.register(
                ground.node(0),
                List.of(id),
                List.of(
                        cast.stands(cast.copy(id, Ground.HOME, CopyState.PROVED)),
                        cast.copy(id, Ground.NEAR, CopyState.MISSING),
                        cast.copy(id, Ground.FAR, CopyState.MISSING)));
        ground.node(0).attendAll();
        StorageName to = cast.wanted();
        List<CopyState> from = random.nextBoolean() ? List.of(CopyState.MISSING) : List.of(CopyState.values());
        boolean[] releasing = new boolean[1];
        ground.turns(random)
                .actor("mover", ground.threads(), () -> ground.node(0).mover.step(to, 1))
                .actor("release", ground.threads(), () -> releasing[0] =
                        cast.change(ground.node(1), id, to, CopyState.RELEASING, from))
                .actor("worker", ground.threads(), () -> ground.node(2).attendant.step())
                .play();
        CopyState state = cast.copyOf(id, to).orElseThrow().state();
        if (releasing[0] != (state == CopyState.RELEASING)) {
            throw new AssertionError("released: " + releasing[0] + ", and the copy is " + state);
        }
        ground.summariesAreFresh();
        ground.check();
    }
}
