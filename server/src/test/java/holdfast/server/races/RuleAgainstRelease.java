package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.HoldBegan;
import holdfast.retention.SignedAct;
import holdfast.server.config.Adoption.Texts;
import holdfast.vocabulary.DataId;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * A release is carried out while a plan that needs the copy comes into force (a rule is a clause), or a custody hold
 * begins: once that is recorded, no byte goes.
 */
final class RuleAgainstRelease implements Race {

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        DataId file = Cast.id(0);
        cast.threeCopies(file);
        boolean signed = random.nextInt(3) > 0;
        Node first = ground.node(0);
        SignedAct act =
                signed ? Signing.signed(first, Ground.NEAR, file) : Signing.halfSigned(first, Ground.NEAR, file);
        if (signed) {
            ground.pass(Duration.ofDays(8));
        }
        Fact stops = random.nextInt(3) > 0
                ? Ground.fact(tighter(ground.firstTexts()))
                : new HoldBegan(new Hold(Hold.Cause.FAILED_OVER, ground.now(), 1, Optional.empty(), "a test"));
        ground.turns(random)
                .actor("release", ground.threads(), () -> {
                    if (!signed) {
                        Signing.sign(ground.node(0), act, Signing.BOB);
                        ground.pass(Duration.ofDays(8));
                    }
                    ground.node(0).releaser.step();
                })
                .actor("rule", ground.threads(), () -> ground.node(1).journal.append(stops, Cast.ANYONE))
                .play();
        CopyRow going = cast.copyOf(file, Ground.NEAR).orElseThrow();
        boolean released = going.state() == CopyState.RELEASED;
        if (released != !cast.isThere(going) || released != !ground.removed().isEmpty()) {
            throw new AssertionError(going + ", removed " + ground.removed());
        }
        ground.node(2).releaser.step();
        ground.check();
    }

    /** The same plan, with three independent copies instead of two. */
    private static Texts tighter(Texts texts) {
        String plan = texts.plan().replace("independent copies: { at least: 2", "independent copies: { at least: 3");
        if (plan.equals(texts.plan())) {
            throw new IllegalStateException("the plan has no such clause any more");
        }
        return new Texts(plan, texts.sites(), texts.policy());
    }
}
