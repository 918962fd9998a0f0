package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Two nodes carry the same demands while time goes past the end of their leases: bytes may be carried twice, but a copy
 * arrives once, and nothing stands on the disk that no row names.
 */
final class DemandLeases implements Race {
    private static final Duration PAST_A_LEASE = Duration.ofMinutes(6);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        List<DataId> ids = Cast.ids(1 + random.nextInt(2));
        List<CopyRow> copies = ids.stream()
                .map(id -> cast.stands(cast.copy(id, Ground.HOME, CopyState.PROVED)))
                .toList();
        cast.register(ground.node(0), ids, copies);
        ground.node(0).attendAll();
        StorageName to = cast.wanted();
        int most = 1 + random.nextInt(2);
        boolean attends = random.nextInt(3) == 0;
        ground.turns(random)
                .actor("one", ground.threads(), () -> ground.node(0).mover.step(to, most))
                .actor("two", ground.threads(), () -> {
                    ground.node(1).mover.step(to, 2);
                    ground.pass(PAST_A_LEASE);
                    ground.node(1).mover.step(to, 2);
                })
                .actor("three", ground.threads(), () -> {
                    ground.pass(PAST_A_LEASE);
                    if (attends) {
                        ground.node(2).attendant.step();
                    }
                })
                .play();
        cast.carryOn(ground.node(2));
        cast.eachCopyHasItsBytes(ids);
        cast.oneFileForEachCopy();
        if (ids.stream().anyMatch(id -> cast.holding(id).copies().size() != 2)) {
            throw new AssertionError("not every file has its second copy: "
                    + ids.stream().map(cast::holding).toList());
        }
        ground.check();
    }
}
