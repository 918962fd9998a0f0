package holdfast.server.races;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.placement.Rule.Grouping;
import holdfast.placement.Rule.Wish;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Attaching.Duplicates;
import holdfast.server.catalog.Attachment;
import holdfast.server.catalog.Metadata;
import holdfast.server.catalog.NewCollection;
import holdfast.server.catalog.RuleDetails;
import holdfast.server.catalog.RuleRequest;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.Visible;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A release is carried out while somebody makes a rule that locks the copy: over the file, over its dataset or over the
 * container above; or while the file, or its dataset, is put into what a rule holds already. Bytes that a rule locks
 * never go ({@link Ground} looks at the very moment).
 */
final class PromiseAgainstRelease implements Race {
    private static final AccountName SOMEBODY = new AccountName("somebody");
    private static final DataId DATASET = new DataId(new Scope("raw"), "/lab/raw/set");
    private static final DataId CONTAINER = new DataId(new Scope("raw"), "/lab/raw/all");

    /** What somebody does beside the release, once the rest stands. */
    private enum Doing {
        RULE_OVER_THE_FILE,
        RULE_OVER_ITS_DATASET,
        RULE_OVER_THE_CONTAINER,
        FILE_INTO_A_LOCKED_DATASET,
        DATASET_INTO_A_LOCKED_CONTAINER
    }

    /** What goes wrong in few orders of steps is tried more often. */
    private static final List<Doing> OFTEN = List.of(
            Doing.RULE_OVER_THE_FILE,
            Doing.RULE_OVER_ITS_DATASET,
            Doing.RULE_OVER_THE_CONTAINER,
            Doing.FILE_INTO_A_LOCKED_DATASET,
            Doing.FILE_INTO_A_LOCKED_DATASET,
            Doing.FILE_INTO_A_LOCKED_DATASET,
            Doing.FILE_INTO_A_LOCKED_DATASET,
            Doing.DATASET_INTO_A_LOCKED_CONTAINER,
            Doing.DATASET_INTO_A_LOCKED_CONTAINER);

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        DataId file = Cast.id(0);
        cast.threeCopies(file);
        Doing doing = OFTEN.get(random.nextInt(OFTEN.size()));
        Runnable last = prepare(ground.node(1), file, doing);
        Signing.signed(ground.node(0), Ground.NEAR, file);
        ground.pass(Duration.ofDays(8));
        ground.turns(random)
                .actor(
                        "release",
                        ground.threads(),
                        () -> ground.node(0).releaser.step())
                .actor("rule", ground.threads(), last::run)
                .play();
        ground.node(2).releaser.step();
        ground.check();
    }

    /** Sets the scene and leaves the last step undone. */
    private static Runnable prepare(Node node, DataId file, Doing doing) {
        if (doing == Doing.RULE_OVER_THE_FILE) {
            return () -> rule(node, file);
        }
        make(node, DATASET, Kind.DATASET);
        if (doing == Doing.FILE_INTO_A_LOCKED_DATASET) {
            rule(node, DATASET);
            return () -> put(node, file, DATASET);
        }
        put(node, file, DATASET);
        if (doing == Doing.RULE_OVER_ITS_DATASET) {
            return () -> rule(node, DATASET);
        }
        make(node, CONTAINER, Kind.CONTAINER);
        if (doing == Doing.DATASET_INTO_A_LOCKED_CONTAINER) {
            rule(node, CONTAINER);
            return () -> {
                put(node, DATASET, CONTAINER);
                node.ruleKeeper.settle(CONTAINER);
            };
        }
        put(node, DATASET, CONTAINER);
        return () -> rule(node, CONTAINER);
    }

    private static void make(Node node, DataId id, Kind kind) {
        node.collections.make(
                List.of(new NewCollection(id, kind, SOMEBODY, false, Metadata.NONE, Optional.empty())),
                Writer.whole(SOMEBODY));
    }

    private static void put(Node node, DataId child, DataId parent) {
        node.collections.attach(
                List.of(Attachment.of(parent, List.of(child))), Duplicates.REFUSED, Writer.whole(SOMEBODY));
    }

    /** A rule may be refused: what counts is only that none that was made is broken. */
    private static void rule(Node node, DataId of) {
        Wish wish = new Wish(1, Ground.NEAR.name(), Grouping.DATASET, Optional.empty(), Optional.empty());
        try {
            node.ruleBook.add(
                    SOMEBODY,
                    new RuleRequest(
                            List.of(of),
                            SOMEBODY,
                            wish,
                            Optional.empty(),
                            false,
                            3,
                            Optional.empty(),
                            RuleDetails.of("{}")),
                    Visible.EVERYTHING);
        } catch (RucioError refused) {
            return;
        }
    }
}
