package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.evidence.Anchor;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.bundle.BundleVerifier;
import holdfast.formats.bundle.Verification;
import holdfast.journal.SignedHead;
import holdfast.judgement.ClauseVerdict.Failing;
import holdfast.judgement.Verdict;
import holdfast.server.embedded.Postgres15;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thread through the whole house: in, copied, read back, judged, damaged, named, mended, and proved to a stranger. */
class WholeThreadTest {
    @TempDir
    Path folder;

    @Test
    void aFlippedBitIsNamedMendedAndProvedOnTheEmbeddedPostgres() throws Exception {
        try (Laboratory lab = new Laboratory(TestDatabase.migrated(), folder)) {
            walk(lab);
        }
    }

    @Test
    void aFlippedBitIsNamedMendedAndProvedOnPostgres15() throws Exception {
        var oldest = Postgres15.shared();
        assumeTrue(oldest.isPresent(), "no PostgreSQL 15 is installed; HOLDFAST_POSTGRES15_BIN names one");
        try (Laboratory lab = new Laboratory(oldest.get().fresh(), folder)) {
            assertThat(lab.rows("show server_version").getFirst()).startsWith("15.");
            walk(lab);
        }
    }

    private void walk(Laboratory lab) throws IOException, GeneralSecurityException {
        assertThat(lab.verdict("P-25").verdict()).contains(Verdict.UNDETERMINED);
        List<DataId> ids = ingestTen(lab);
        lab.rest();
        everythingIsMet(lab);
        assertThat(lab.count("select count(*) from copy where state = 'P'")).isEqualTo(20);
        assertThat(lab.count("select count(*) from file where placed")).isEqualTo(10);

        DataId victim = ids.get(3);
        CopyRow before = lab.copy(victim, Laboratory.HOME).orElseThrow();
        flip(lab.path(before));
        readAllAgain(lab, victim);
        var breached = lab.verdict("P-25");
        assertThat(breached.verdict()).contains(Verdict.BREACHED);
        assertThat(breached.named()).extracting(Failing::file).containsExactly(Optional.of(victim));
        assertThat(lab.verdict("P-26").verdict()).contains(Verdict.MET);

        lab.rest();
        CopyRow mended = lab.copy(victim, Laboratory.HOME).orElseThrow();
        assertThat(mended.state()).isEqualTo(CopyState.PROVED);
        assertThat(mended.path()).isNotEqualTo(before.path());
        assertThat(mended.writing()).isEqualTo(1);
        assertThat(Files.readAllBytes(lab.path(mended))).isEqualTo(Laboratory.bytes(victim.name()));
        everythingIsMet(lab);

        auditorAgrees(lab);
        strangerAgrees(lab);
    }

    private static List<DataId> ingestTen(Laboratory lab) {
        List<DataId> ids = new ArrayList<>();
        List<Intake.Arriving> batch = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            DataId id = Laboratory.id("/lab/raw/run%d/file%02d.dat".formatted(i / 4, i));
            ids.add(id);
            batch.add(Laboratory.arriving(id, Laboratory.bytes(id.name())));
        }
        assertThat(lab.house.intake.take(batch)).hasOnlyElementsOfType(Intake.Outcome.Registered.class);
        assertThat(lab.house.intake.take(batch)).hasOnlyElementsOfType(Intake.Outcome.Already.class);
        return ids;
    }

    private static void everythingIsMet(Laboratory lab) {
        for (String clause : List.of("P-22", "P-25", "P-26")) {
            var verdict = lab.verdict(clause);
            assertThat(verdict.verdict()).as(clause).contains(Verdict.MET);
            assertThat(verdict.subjects()).isEqualTo(10);
        }
    }

    /** One bit, behind the server's back. */
    private static void flip(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 2] ^= 1;
        Files.write(path, bytes);
    }

    /** The first bad read makes a suspect, the second says it is corrupt. */
    private static void readAllAgain(Laboratory lab, DataId victim) {
        FixityWorker worker = lab.impatient();
        worker.step(Laboratory.HOME);
        assertThat(lab.copy(victim, Laboratory.HOME).orElseThrow().state()).isEqualTo(CopyState.SUSPECT);
        worker.step(Laboratory.HOME);
        assertThat(lab.copy(victim, Laboratory.HOME).orElseThrow().state()).isEqualTo(CopyState.CORRUPT);
        assertThat(lab.count("select count(*) from copy where state not in ('P', 'C')"))
                .isZero();
    }

    private static void auditorAgrees(Laboratory lab) throws IOException, GeneralSecurityException {
        lab.house.keeper.step();
        Audit audit = lab.house.auditor.audit();
        assertThat(audit.differences()).isEmpty();
        assertThat(audit.agrees()).isTrue();
        assertThat(audit.verdictsAgree()).isTrue();
        assertThat(audit.stateHash()).isEqualTo(audit.rowsHash());
        assertThat(audit.entries()).isEqualTo(lab.count("select count(*) from journal_entry"));
    }

    private static void strangerAgrees(Laboratory lab) throws IOException, GeneralSecurityException {
        SignedHead outside = lab.house.keeper.head();
        Path bundle = lab.data().resolve("bundle.zip");
        try (OutputStream out = Files.newOutputStream(bundle)) {
            lab.house.evidence.write(out);
        }
        Anchor anchor = new Anchor(Optional.of(lab.house.keeper.key().open()), Optional.of(outside));
        Verification verified = BundleVerifier.verify(bundle, anchor);
        assertThat(verified.refused()).isEmpty();
        assertThat(verified.outcome()).isEqualTo(Verification.Outcome.ANCHORED);
        assertThat(verified.verdicts().orElseThrow().clauses())
                .extracting(ClauseReport::verdict)
                .hasSize(3)
                .containsOnly(Optional.of(Verdict.MET));
    }
}
