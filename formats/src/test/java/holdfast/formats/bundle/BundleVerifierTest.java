package holdfast.formats.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.evidence.Anchor;
import holdfast.evidence.Refusal;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.VerdictReport;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.bundle.Verification.Outcome;
import holdfast.journal.Entry;
import holdfast.judgement.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree verifier against every tampering: each is refused, and by its name. */
class BundleVerifierTest {
    @TempDir
    private Path folder;

    private final World world = new World();

    private final Anchor anchor = new Anchor(Optional.of(world.keys.getPublic()), Optional.of(world.head()));

    @Test
    void anUntouchedBundleIsAnchoredByKeyAndHeadFromElsewhere() throws IOException {
        Verification verification = BundleVerifier.verify(bundle(), anchor);
        assertThat(verification.refused()).isEmpty();
        assertThat(verification.outcome()).isEqualTo(Outcome.ANCHORED);
        assertThat(verification.sentences().getFirst()).startsWith("16 entries hold, and 9 verdicts of ");
        assertThat(clause(verification.verdicts().orElseThrow(), "P-4"))
                .returns(Optional.of(Verdict.BREACHED), ClauseReport::verdict)
                .returns(3L, ClauseReport::failing);
    }

    @Test
    void withoutKeyOrHeadFromElsewhereItIsConsistentInItselfOnly() throws IOException {
        Path bundle = bundle();
        for (Anchor half : List.of(
                Anchor.NONE, new Anchor(anchor.key(), Optional.empty()), new Anchor(Optional.empty(), anchor.head()))) {
            Verification verification = BundleVerifier.verify(bundle, half);
            assertThat(verification.outcome()).isEqualTo(Outcome.CONSISTENT_IN_ITSELF_ONLY);
            assertThat(verification.sentences().getLast())
                    .startsWith("consistent in itself only: ")
                    .endsWith(" from elsewhere was given");
        }
    }

    @Test
    void aChangedByteIsRefused() throws IOException {
        refused(
                Part.ENTRIES,
                text -> text.replaceFirst("TOWER-DISK\tCORRUPT", "TOWER-DISK\tPROVED"),
                Refusal.BYTES_CHANGED);
    }

    @Test
    void anotherOrderIsRefused() throws IOException {
        blocks(
                blocks -> {
                    String moved = blocks.remove(5);
                    blocks.add(9, moved);
                },
                Refusal.ORDER_CHANGED);
    }

    @Test
    void aDeletedEntryIsRefused() throws IOException {
        blocks(blocks -> blocks.remove(7), Refusal.ENTRY_MISSING);
    }

    @Test
    void anInsertedEntryIsRefused() throws IOException {
        blocks(blocks -> blocks.add(7, blocks.get(3)), Refusal.ENTRY_ADDED);
    }

    @Test
    void aTruncatedJournalIsRefused() throws IOException {
        blocks(blocks -> blocks.subList(10, blocks.size() - 1).clear(), Refusal.TRUNCATED);
        refused(Part.ENTRIES, text -> text.substring(0, text.length() / 2), Refusal.TRUNCATED);
    }

    @Test
    void aBundleSignedWholeWithAnotherKeyIsRefused() throws IOException {
        Path forged = world.bundle(folder.resolve("forged.zip"), World.keys());
        assertThat(BundleVerifier.verify(forged, Anchor.NONE).outcome()).isEqualTo(Outcome.CONSISTENT_IN_ITSELF_ONLY);
        assertThat(names(BundleVerifier.verify(forged, anchor))).contains(Refusal.OTHER_KEY);
    }

    @Test
    void theLastTenFactsDroppedAndSignedAgainAreRefusedByTheHeadFromElsewhere() throws IOException {
        world.entries.subList(world.entries.size() - 10, world.entries.size()).clear();
        Path shorter = world.bundle(folder.resolve("shorter.zip"));
        assertThat(BundleVerifier.verify(shorter, Anchor.NONE).outcome()).isEqualTo(Outcome.CONSISTENT_IN_ITSELF_ONLY);
        Verification verification = BundleVerifier.verify(shorter, anchor);
        assertThat(names(verification)).containsExactly(Refusal.TRUNCATED);
        assertThat(verification.sentences().getFirst()).endsWith("the last 10 were dropped");
    }

    @Test
    void aHistoryWithoutABadInspectionIsRefusedByTheHeadFromElsewhere() throws IOException {
        Entry bad = world.entries.remove(world.entries.size() - 3);
        world.append(holdfast.evidence.FactKinds.read(bad));
        Path other = world.bundle(folder.resolve("other.zip"));
        assertThat(names(BundleVerifier.verify(other, anchor))).containsExactly(Refusal.HISTORY_CHANGED);
    }

    @Test
    void aChangedVerdictIsRefused() throws IOException {
        refusedClaim(text -> text.replaceFirst("\"BREACHED\"", "\"MET\""), Refusal.VERDICT_CHANGED);
    }

    @Test
    void aChangedWordOfAReasonIsRefused() throws IOException {
        refusedClaim(text -> text.replaceFirst("3 of 12 fail", "3 of 13 fail"), Refusal.VERDICT_CHANGED);
    }

    @Test
    void aFailingFileLeftOutIsRefusedThoughEveryCountWasAdjusted() throws IOException {
        Claim claim = world.claim();
        List<ClauseReport> clauses = new ArrayList<>();
        for (ClauseReport c : claim.verdicts().clauses()) {
            clauses.add(c.clause().equals("P-4") ? oneFewer(c) : c);
        }
        Claim fewer = new Claim(
                claim.format(),
                claim.entries(),
                claim.journal(),
                new VerdictReport(claim.verdicts().plan(), claim.verdicts().at(), clauses));
        Verification verification = tampered(Part.VERDICTS, text -> fewer.json());
        assertThat(names(verification)).contains(Refusal.FAILING_LEFT_OUT);
        assertThat(verification.sentences())
                .anyMatch(s -> s.startsWith("FAILING_LEFT_OUT: P-4: " + World.id("/2026/rec3.mseed") + " falls short"));
    }

    @Test
    void aClauseLeftOutIsRefused() throws IOException {
        Claim claim = world.claim();
        List<ClauseReport> clauses = new ArrayList<>(claim.verdicts().clauses());
        clauses.remove(3);
        Claim fewer = new Claim(
                claim.format(),
                claim.entries(),
                claim.journal(),
                new VerdictReport(claim.verdicts().plan(), claim.verdicts().at(), clauses));
        assertThat(names(tampered(Part.VERDICTS, text -> fewer.json()))).containsExactly(Refusal.VERDICT_CHANGED);
    }

    @Test
    void anotherPlanVersionIsRefused() throws IOException {
        refusedClaim(text -> text.replace("\"version\" : \"3\"", "\"version\" : \"4\""), Refusal.OTHER_PLAN_VERSION);
        refused(Part.PLAN, text -> text.replace("at least: 2", "at least: 1"), Refusal.OTHER_PLAN_VERSION);
        refused(Part.SITES, text -> text.replace("cellar: 40", "cellar: 41"), Refusal.OTHER_PLAN_VERSION);
        refused(Part.POLICY, text -> text + "\n", Refusal.OTHER_PLAN_VERSION);
    }

    @Test
    void anotherMomentIsRefused() throws IOException {
        refusedClaim(
                text -> text.replaceFirst("2026-11-22T00:00:00Z", "2026-11-19T00:00:00Z"), Refusal.MOMENT_IMPOSSIBLE);
        refusedClaim(
                text -> text.replaceFirst("2026-11-22T00:00:00Z", "2027-11-19T00:00:00Z"), Refusal.MOMENT_IMPOSSIBLE);
        refusedClaim(text -> text.replace("\"entries\" : 16", "\"entries\" : 15"), Refusal.MOMENT_IMPOSSIBLE);
    }

    @Test
    void aClaimInASecondSpellingIsRefused() throws IOException {
        refusedClaim(text -> text + " ", Refusal.BUNDLE_BROKEN);
        refusedClaim(text -> text.replaceFirst("\"entries\"", "\"more\" : 1, \"entries\""), Refusal.BUNDLE_BROKEN);
        refusedClaim(text -> "{}", Refusal.BUNDLE_BROKEN);
        refusedClaim(text -> text.replaceFirst("\"clauses\" : \\[", "\"clauses\" : [ null,"), Refusal.BUNDLE_BROKEN);
    }

    @Test
    void aHeadOrKeyThatCannotBeReadIsRefused() throws IOException {
        refused(Part.HEAD, text -> "nothing", Refusal.BUNDLE_BROKEN);
        refused(Part.KEY, text -> "nothing", Refusal.BUNDLE_BROKEN);
        refused(Part.LEAVES, text -> "zz\n", Refusal.BUNDLE_BROKEN);
        refused(Part.LEAVES, text -> "", Refusal.BYTES_CHANGED);
    }

    @Test
    void whatIsNoBundleIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.zip"), "hello");
        assertThat(names(BundleVerifier.verify(text, Anchor.NONE))).containsExactly(Refusal.BUNDLE_BROKEN);
        Map<String, byte[]> parts = parts(bundle());
        Map<String, byte[]> lacking = new LinkedHashMap<>(parts);
        lacking.remove(Part.SITES.file());
        assertThat(names(BundleVerifier.verify(zip(lacking), Anchor.NONE))).containsExactly(Refusal.BUNDLE_BROKEN);
        Map<String, byte[]> more = new LinkedHashMap<>(parts);
        more.put("../../etc/passwd", new byte[0]);
        assertThat(names(BundleVerifier.verify(zip(more), Anchor.NONE))).containsExactly(Refusal.BUNDLE_BROKEN);
    }

    @Test
    void aPartThatUnpacksToFarMoreThanItsSizeIsRefused() throws IOException {
        for (Part part : List.of(Part.ENTRIES, Part.LEAVES, Part.VERDICTS, Part.HEAD)) {
            Map<String, byte[]> parts = parts(bundle());
            byte[] bomb = new byte[40 << 20];
            java.util.Arrays.fill(bomb, (byte) '\n');
            byte[] begin = "holdfast-entries 1\nfirst 0\n\nholdfast-entry 1\n".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(begin, 0, bomb, 0, part == Part.ENTRIES ? begin.length : 0);
            java.util.Arrays.fill(bomb, begin.length, bomb.length, (byte) 'x');
            parts.put(part.file(), bomb);
            Verification verification = BundleVerifier.verify(zip(parts), Anchor.NONE);
            assertThat(names(verification)).as(part.file()).containsExactly(Refusal.BUNDLE_BROKEN);
            assertThat(verification.sentences().getFirst()).contains("unpacks to more than");
        }
    }

    @Test
    void theAnswerAsJsonNamesEachRefusal() throws IOException {
        String json = tampered(Part.PLAN, text -> text + "\n").json();
        assertThat(json).contains("\"outcome\" : \"REFUSED\"", "\"refusal\" : \"OTHER_PLAN_VERSION\"");
    }

    private static ClauseReport oneFewer(ClauseReport c) {
        return new ClauseReport(
                c.clause(),
                c.section(),
                c.says(),
                c.binds(),
                c.level(),
                c.about(),
                c.standing(),
                c.verdict(),
                c.subjects(),
                c.arriving(),
                c.oldestArriving(),
                c.failing() - 1,
                c.undetermined(),
                c.waived(),
                c.waivable(),
                c.named().subList(1, c.named().size()),
                c.duties(),
                c.coverage(),
                c.shares(),
                c.oldestProof(),
                c.validUntil(),
                c.silentSince(),
                c.assumed(),
                c.wouldMeasure(),
                c.reasons());
    }

    private static ClauseReport clause(VerdictReport report, String clause) {
        return report.clauses().stream()
                .filter(c -> c.clause().equals(clause))
                .findFirst()
                .orElseThrow();
    }

    private Path bundle() throws IOException {
        return world.bundle(folder.resolve("bundle.zip"));
    }

    private void refusedClaim(UnaryOperator<String> change, Refusal refusal) throws IOException {
        refused(Part.VERDICTS, change, refusal);
    }

    private void refused(Part part, UnaryOperator<String> change, Refusal refusal) throws IOException {
        assertThat(names(tampered(part, change))).contains(refusal);
    }

    private void blocks(java.util.function.Consumer<List<String>> change, Refusal refusal) throws IOException {
        Verification verification = tampered(Part.ENTRIES, text -> {
            List<String> blocks = new ArrayList<>(List.of(text.split("\n\n")));
            change.accept(blocks);
            return String.join("\n\n", blocks);
        });
        assertThat(names(verification)).containsExactly(refusal);
    }

    /** The bundle with one part changed; the change must change something. */
    private Verification tampered(Part part, UnaryOperator<String> change) throws IOException {
        Map<String, byte[]> parts = parts(bundle());
        String before = new String(parts.get(part.file()), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        parts.put(part.file(), after.getBytes(StandardCharsets.UTF_8));
        Verification verification = BundleVerifier.verify(zip(parts), anchor);
        assertThat(verification.outcome()).isEqualTo(Outcome.REFUSED);
        return verification;
    }

    private static List<Refusal> names(Verification verification) {
        return verification.refused().stream().map(Refused::refusal).toList();
    }

    static Map<String, byte[]> parts(Path bundle) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(bundle))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                in.transferTo(bytes);
                parts.put(entry.getName(), bytes.toByteArray());
            }
        }
        return parts;
    }

    private Path zip(Map<String, byte[]> parts) throws IOException {
        Path file = folder.resolve("tampered.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }
}
