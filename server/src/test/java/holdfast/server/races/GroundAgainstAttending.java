package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.server.config.Adoption.Texts;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Files come and their home is attended for the first time while what judgements rest on changes: an element falls silent
 * or answers again, a custody hold begins, another plan comes into force. No home stays judged by what was.
 */
final class GroundAgainstAttending implements Race {
    private static final List<StorageName> ALL = List.of(Ground.HOME, Ground.NEAR, Ground.FAR);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        Runnable change = change(ground, random);
        List<DataId> ids = Cast.ids(1 + random.nextInt(2));
        cast.register(ground.node(0), ids, copies(cast, ids, random));
        ground.turns(random)
                .actor("change", ground.threads(), change::run)
                .actor(
                        "attend",
                        ground.threads(),
                        () -> ground.node(0).attendant.step())
                .play();
        ground.summariesAreFresh();
        ground.check();
    }

    private static Runnable change(Ground ground, Random random) {
        Condition answers = Condition.unknown(ALL.get(random.nextInt(ALL.size())));
        Condition silent = answers.withSilentSince(Optional.of(ground.now()));
        Fact falls = new ConditionChanged(Cause.FELL_SILENT, List.of(silent));
        Fact turn = falls;
        if (random.nextBoolean()) {
            ground.node(1).journal.append(falls, Cast.ANYONE);
            turn = new ConditionChanged(Cause.ANSWERS_AGAIN, List.of(answers));
        }
        Fact changed = random.nextInt(3) > 0
                ? turn
                : new HoldBegan(new Hold(Hold.Cause.FAILED_OVER, ground.now(), 1, Optional.empty(), "a test"));
        return random.nextInt(4) == 0
                ? () -> ground.adopt(another(ground.firstTexts()))
                : () -> ground.node(1).journal.append(changed, Cast.ANYONE);
    }

    /** One copy each: a file that has all it needs would be written down as placed, and its home be due by that. */
    private static List<CopyRow> copies(Cast cast, List<DataId> ids, Random random) {
        return ids.stream()
                .map(id -> cast.copy(id, ALL.get(random.nextInt(ALL.size())), CopyState.PROVED))
                .toList();
    }

    /** The same plan, with three independent copies instead of two. */
    private static Texts another(Texts texts) {
        String plan = texts.plan().replace("independent copies: { at least: 2", "independent copies: { at least: 3");
        if (plan.equals(texts.plan())) {
            throw new IllegalStateException("the plan has no such clause any more");
        }
        return new Texts(plan, texts.sites(), texts.policy());
    }
}
