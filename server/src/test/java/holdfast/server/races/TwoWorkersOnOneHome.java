package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two nodes attend one home while facts about its files are written: the summaries are what a fresh look gives. */
final class TwoWorkersOnOneHome implements Race {
    private static final List<CopyState> STATES =
            List.of(CopyState.ARRIVED, CopyState.PROVED, CopyState.SUSPECT, CopyState.MISSING, CopyState.CORRUPT);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        int files = 1 + random.nextInt(3);
        List<DataId> ids = Cast.ids(files);
        cast.register(ground.node(0), ids, copies(cast, ids, random));
        if (random.nextBoolean()) {
            ground.node(0).attendAll();
        }
        List<Runnable> writes = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            writes.add(write(ground, cast, files, i, random));
        }
        int turnsOfTwo = 1 + random.nextInt(2);
        ground.turns(random)
                .actor("one", ground.threads(), () -> ground.node(0).attendant.step())
                .actor("two", ground.threads(), () -> {
                    for (int i = 0; i < turnsOfTwo; i++) {
                        ground.node(1).attendant.step();
                    }
                })
                .actor("writer", ground.threads(), () -> writes.forEach(Runnable::run))
                .play();
        ground.summariesAreFresh();
        ground.check();
    }

    private static List<CopyRow> copies(Cast cast, List<DataId> ids, Random random) {
        List<CopyRow> copies = new ArrayList<>();
        for (DataId id : ids) {
            for (StorageName at : List.of(Ground.HOME, Ground.NEAR, Ground.FAR)) {
                if (random.nextInt(3) > 0) {
                    copies.add(cast.copy(id, at, STATES.get(random.nextInt(STATES.size()))));
                }
            }
        }
        return copies;
    }

    private static Runnable write(Ground ground, Cast cast, int files, int number, Random random) {
        Node writer = ground.node(2);
        if (random.nextInt(3) == 0) {
            DataId fresh = Cast.id(files + number);
            return () ->
                    cast.register(writer, List.of(fresh), List.of(cast.copy(fresh, Ground.HOME, CopyState.PROVED)));
        }
        DataId id = Cast.id(random.nextInt(files));
        StorageName at = List.of(Ground.HOME, Ground.NEAR, Ground.FAR).get(random.nextInt(3));
        CopyState next = STATES.get(random.nextInt(STATES.size()));
        return () -> cast.change(writer, id, at, next, STATES);
    }
}
