package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.shift.Shift;
import holdfast.server.sql.Breaches.Alike;
import holdfast.storage.Downtime;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A breach that begins, stands and ends, as the reports of three shifts tell it. */
class ShiftReportTest {
    @TempDir
    Path folder;

    @Test
    void aBreachIsNewThenOpenThenEndedAndForgottenAtLast() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            DataId victim = Laboratory.id("/lab/raw/run1/file1.dat");
            lab.send(victim, Laboratory.bytes("one"));
            lab.send(Laboratory.id("/lab/raw/run1/file2.dat"), Laboratory.bytes("two"));
            lab.rest();
            Instant before = lab.house.clock.now();
            assertThat(report(lab, Instant.EPOCH).breaches().open()).isEmpty();

            damage(lab, victim);
            Shift bad = report(lab, before);
            assertThat(bad.breaches().began())
                    .extracting(a -> a.clause().name())
                    .contains("P-25");
            assertThat(bad.breaches().began()).allSatisfy(a -> {
                assertThat(a.files()).isEqualTo(1);
                assertThat(a.between().standing()).isEqualTo(1);
                assertThat(a.sample()).isEqualTo(victim);
            });
            assertThat(bad.breaches().open()).hasSameSizeAs(bad.breaches().began());
            assertThat(bad.breaches().ended()).isEmpty();
            assertThat(bad.damage())
                    .extracting(d -> d.copy().id() + " " + d.copy().state())
                    .containsExactly(victim + " SUSPECT", victim + " CORRUPT");
            assertThat(bad.waits().copies()).isNotEmpty();

            Instant noticed = lab.house.clock.now();
            lab.rest();
            Shift mended = report(lab, noticed);
            assertThat(mended.breaches().began()).isEmpty();
            assertThat(mended.damage()).isEmpty();
            assertThat(mended.breaches().open()).isEmpty();
            assertThat(mended.breaches().ended()).extracting(Alike::sample).containsOnly(victim);
            assertThat(mended.breaches().ended()).allSatisfy(a -> {
                assertThat(a.between().ended().orElseThrow()).isAfter(noticed);
                assertThat(a.between().first()).isBefore(noticed);
            });

            Instant later = lab.house.clock.now();
            Shift quiet = report(lab, later);
            assertThat(quiet.breaches().ended()).isEmpty();
            assertThat(lab.count("select count(*) from breach")).isPositive();
            int forgotten = lab.house.database.write(c -> lab.house.breaches.forget(c, later));
            assertThat(forgotten).isPositive();
            assertThat(lab.count("select count(*) from breach")).isZero();
        }
    }

    @Test
    void aBreachThatStandsKeepsItsBeginHoweverOftenItIsJudged() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            DataId victim = Laboratory.id("/lab/raw/run1/file1.dat");
            lab.send(victim, Laboratory.bytes("one"));
            lab.rest();
            damage(lab, victim);
            lab.house.attendant.step();
            List<String> began = lab.rows("select began from breach order by clause");
            assertThat(began).isNotEmpty();
            for (int i = 0; i < 3; i++) {
                lab.house.database.write(c -> {
                    try (var due = c.createStatement()) {
                        return due.executeUpdate("insert into due(home) select home from directory");
                    }
                });
                lab.house.attendant.step();
            }
            assertThat(lab.rows("select began from breach order by clause")).isEqualTo(began);
        }
    }

    @Test
    void whoDeclaredADowntimeStandsBesideIt() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            Instant now = lab.house.clock.now();
            Downtime downtime = new Downtime(new SiteName("near"), now, now.plus(Duration.ofHours(2)), "new cables");
            lab.house.downtimes.declare(downtime, new Actor("keeper"), false);
            Shift shift = report(lab, now.minus(Duration.ofHours(8)));
            assertThat(shift.silenced().downtimes())
                    .containsExactly(new Shift.Declared(downtime, Optional.of(new Actor("keeper"))));
            assertThat(shift.waits().silent())
                    .extracting(s -> s.element().name())
                    .containsExactly("NEAR-RAW");
        }
    }

    private static Shift report(Laboratory lab, Instant since) throws Exception {
        lab.house.keeper.step();
        return lab.house.shift.since(since);
    }

    private static void damage(Laboratory lab, DataId victim) throws IOException {
        CopyRow copy = lab.copy(victim, Laboratory.HOME).orElseThrow();
        byte[] bytes = Files.readAllBytes(lab.path(copy));
        bytes[bytes.length / 2] ^= 1;
        Files.write(lab.path(copy), bytes);
        var impatient = lab.impatient();
        impatient.step(Laboratory.HOME);
        impatient.step(Laboratory.HOME);
    }
}
