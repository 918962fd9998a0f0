package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.journal.SignedHead;
import holdfast.server.embedded.Archived;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.sql.ClusterIdentity;
import holdfast.server.work.Intake;
import holdfast.vocabulary.DataId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The house's database is brought back to a moment by pgBackRest; what the house then sees shows that it was. */
class PointInTimeTest {
    private static final int EACH = 10;

    @TempDir
    Path folder;

    @Test
    void aRestoredDatabaseIsWholeOfItsMomentAndOlderThanTheHeadsOutside() throws Exception {
        Optional<Archived> archived = Archived.start();
        assumeTrue(archived.isPresent(), "PostgreSQL 15 and pgBackRest are not both installed; build/setup.sh does it");
        try (Archived backups = archived.get()) {
            TestDatabase database = backups.database();
            Laboratory lab = new Laboratory(database, folder);
            ClusterIdentity before = lab.house.database.read(ClusterIdentity::read);
            List<DataId> inTheBackup = send(lab, "backup");
            long began = System.nanoTime();
            backups.backUp();
            long backedUp = System.nanoTime();
            List<DataId> inTheLog = send(lab, "log");
            SignedHead then = lab.house.keeper.head();
            Instant moment = now(lab);
            List<DataId> after = send(lab, "after");
            SignedHead outside = lab.house.keeper.head();
            backups.archive();
            lab.house.close();

            long died = System.nanoTime();
            backups.restore(moment);
            Laboratory again = new Laboratory(database, folder);
            long serves = System.nanoTime();

            assertThat(inTheBackup)
                    .allSatisfy(id -> assertThat(again.holding(id).file()).isPresent());
            assertThat(inTheLog)
                    .allSatisfy(id -> assertThat(again.holding(id).file()).isPresent());
            assertThat(after).allMatch(id -> isUnknown(again, id));
            ClusterIdentity now = again.house.database.read(ClusterIdentity::read);
            assertThat(before.to(now)).isEqualTo(ClusterIdentity.Change.ANOTHER_TIMELINE);
            assertThat(again.house.sequencer.tree().size())
                    .isEqualTo(then.size())
                    .isLessThan(outside.size());
            assertThat(again.house.sequencer.tree().root()).isEqualTo(then.root());
            Audit audit = again.house.auditor.audit();
            assertThat(audit.agrees()).isTrue();
            assertThat(audit.stateHash()).isEqualTo(audit.rowsHash());
            System.out.printf(
                    "point in time: backup %.1f s, restored and served after %.1f s; entries then %d, outside %d,"
                            + " so %d were taken back; rows are the journal folded%n",
                    (backedUp - began) / 1e9,
                    (serves - died) / 1e9,
                    then.size(),
                    outside.size(),
                    outside.size() - then.size());
            again.house.close();
        }
    }

    private static List<DataId> send(Laboratory lab, String name) {
        List<DataId> ids = IntStream.range(0, EACH)
                .mapToObj(i -> Laboratory.id("/lab/raw/%s/file%02d.dat".formatted(name, i)))
                .toList();
        ids.forEach(id ->
                assertThat(lab.send(id, Laboratory.bytes(id.name()))).isInstanceOf(Intake.Outcome.Registered.class));
        lab.rest();
        return ids;
    }

    private static boolean isUnknown(Laboratory lab, DataId id) {
        return lab.house
                .database
                .read(connection -> lab.house.holdings.find(connection, id))
                .isEmpty();
    }

    /** The database's own time, later than every commit before it and earlier than every one after. */
    private static Instant now(Laboratory lab) {
        long micros = lab.count("select (extract(epoch from clock_timestamp()) * 1000000)::bigint");
        return holdfast.journal.Micros.instant(micros);
    }
}
