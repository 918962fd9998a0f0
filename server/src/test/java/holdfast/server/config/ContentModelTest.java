package holdfast.server.config;

import static holdfast.vocabulary.Visible.EVERYTHING;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CollectionRow.Kind;
import holdfast.ingest.IngestFact.FilesRegistered;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Attaching.Duplicates;
import holdfast.server.catalog.Attachment;
import holdfast.server.catalog.Collections;
import holdfast.server.catalog.Metadata;
import holdfast.server.catalog.NewCollection;
import holdfast.server.catalog.Writer;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Catalogued.OfCollection;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** Random sequences of what can be done with collections end as they do in a model of plain maps. */
class ContentModelTest {
    private static final Writer ROOT = Writer.whole(AccountName.ROOT);
    private static final int SEEDS = Integer.getInteger("holdfast.seeds", 200);
    private static final int STEPS = 40;
    private static final int NAMES = 6;

    @TempDir
    Path folder;

    private Laboratory lab;
    private Collections collections;

    @Test
    void whatCollectionsHoldIsWhatTheModelSays() throws Exception {
        try (Laboratory open = new Laboratory(TestDatabase.migrated(), folder)) {
            lab = open;
            collections = lab.house.collections;
            for (int seed = 1; seed <= SEEDS; seed++) {
                play(seed);
            }
            var audit = lab.house.auditor.audit();
            assertThat(audit.differences()).isEmpty();
            assertThat(audit.agrees()).isTrue();
        }
    }

    private void play(int seed) {
        Random chance = new Random(seed);
        ContentModel model = new ContentModel();
        List<DataId> files = new ArrayList<>();
        List<DataId> names = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            // Some directories hold many files, some one, and one file may have a made-up directory of its own.
            files.add(id(seed, i % 2 == 0 ? "run/f" + i : "run" + i + "/f"));
            names.add(id(seed, "set" + i));
        }
        lab.house.journal.append(
                new FilesRegistered(files.stream().map(f -> lab.row(f, 10)).toList(), List.of()), new Actor("root"));
        model.files.addAll(files);
        names.add(files.getFirst());
        List<DataId> all = new ArrayList<>(names);
        all.addAll(files);
        all.add(id(seed, "nothing"));
        for (int step = 0; step < STEPS; step++) {
            String where = "seed " + seed + ", step " + step;
            step(chance, model, names, all, where);
        }
        compare(model, names, all, "seed " + seed);
    }

    private static DataId id(int seed, String name) {
        return Laboratory.id("/model/" + seed + "/" + name);
    }

    private void step(Random chance, ContentModel model, List<DataId> names, List<DataId> all, String where) {
        DataId one = names.get(chance.nextInt(names.size()));
        List<DataId> some = new ArrayList<>();
        for (int i = 1 + chance.nextInt(3); i > 0; i--) {
            some.add(all.get(chance.nextInt(all.size())));
        }
        boolean yes = chance.nextBoolean();
        switch (chance.nextInt(12)) {
            case 0, 1, 2 -> {
                Kind kind = yes ? Kind.DATASET : Kind.CONTAINER;
                boolean monotonic = chance.nextInt(5) == 0;
                same(where + " make " + one, model.make(one, kind, monotonic), () -> make(one, kind, monotonic));
            }
            case 3, 4, 5, 6 ->
                same(
                        where + " attach to " + one + " " + some,
                        model.attach(one, some, yes),
                        () -> collections.attach(
                                List.of(Attachment.of(one, some)),
                                yes ? Duplicates.PASSED_OVER : Duplicates.REFUSED,
                                ROOT));
            case 7, 8 ->
                same(
                        where + " detach from " + one + " " + some,
                        model.detach(one, some),
                        () -> collections.detach(one, some, ROOT));
            case 9 -> same(where + " close " + one, model.close(one), () -> collections.close(one, ROOT));
            case 10 -> same(where + " open " + one, model.open(one), () -> collections.reopen(one, ROOT));
            default -> {
                if (chance.nextInt(3) == 0) {
                    same(where + " end " + one, model.expire(one), () -> expire(one));
                } else {
                    same(
                            where + " bring back " + one,
                            model.resurrect(one),
                            () -> collections.resurrect(List.of(one), ROOT));
                }
            }
        }
    }

    private void make(DataId id, Kind kind, boolean monotonic) {
        NewCollection wanted =
                new NewCollection(id, kind, AccountName.ROOT, monotonic, Metadata.NONE, java.util.Optional.empty());
        collections.make(List.of(wanted), ROOT);
    }

    private void expire(DataId id) {
        Metadata over = Metadata.sent(Map.of("lifetime", JsonNodeFactory.instance.numberNode(-1)));
        collections.describe(Map.of(id, over), ROOT);
        assertThat(lab.house.expiry.step()).isEqualTo(1);
    }

    private static void same(String what, String expected, Runnable act) {
        String came = "done";
        try {
            act.run();
        } catch (RucioError error) {
            came = error.kind();
        }
        assertThat(came).as(what).isEqualTo(expected);
    }

    private void compare(ContentModel model, List<DataId> names, List<DataId> all, String where) {
        for (DataId name : names) {
            var found = collections.find(name, EVERYTHING);
            assertThat(found.isPresent()).as(where + " " + name).isEqualTo(model.stands(name));
            if (found.isPresent() && found.get() instanceof OfCollection collection) {
                Set<DataId> below = new TreeSet<>();
                collections.files(
                        collection,
                        EVERYTHING,
                        file -> assertThat(below.add(file.id()))
                                .as("once in " + where)
                                .isTrue());
                assertThat(below).as(where + " below " + name).isEqualTo(model.below(name));
                assertThat(collections.extent(collection).files())
                        .as(where + " extent of " + name)
                        .isEqualTo(model.counted(name));
                if (collection.row().kind() == Kind.CONTAINER) {
                    assertThat(ids(collections.children(collection, EVERYTHING)))
                            .isEqualTo(model.children(name));
                }
            }
        }
        for (DataId name : all) {
            collections
                    .find(name, EVERYTHING)
                    .ifPresent(found -> assertThat(ids(collections.parents(found, EVERYTHING)))
                            .as(where + " parents of " + name)
                            .isEqualTo(model.parents(name)));
        }
    }

    private static Set<DataId> ids(Collection<OfCollection> found) {
        Set<DataId> ids = new TreeSet<>();
        found.forEach(one -> ids.add(one.id()));
        return ids;
    }
}
