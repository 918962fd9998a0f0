package holdfast.formats.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.catalog.FileRow;
import holdfast.evidence.Anchor;
import holdfast.evidence.Refusal;
import holdfast.evidence.Refusal.Refused;
import holdfast.formats.VerdictReport.ClauseReport;
import holdfast.formats.bundle.Verification.Outcome;
import holdfast.journal.BadEntry;
import holdfast.journal.ProjectedHead;
import holdfast.journal.SignedHead;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.retention.Signer;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bundles for some readers of the small observatory: bulletins are public, recordings for members, and one file has no level. */
class ProjectionBundleTest {
    private static final DataId BULLETIN = new DataId(new Scope("bulletin"), "/2026/one.pdf");
    private static final DataId NOBODYS = new DataId(new Scope("unlisted"), "/planted-of-no-level");
    private static final String PERSON = "planted-person";

    @TempDir
    private Path folder;

    private final World world = new World();

    private final Anchor key = new Anchor(Optional.of(world.keys.getPublic()), Optional.empty());

    @BeforeEach
    void aPublicFileAndOneOfNoLevel() {
        world.register(BULLETIN, Optional.of(new FileRow.Belonging(new ClassId("bulletin"), new LevelId(1))));
        world.register(NOBODYS, Optional.empty());
        world.append(new RetentionFact.SignerNamed(
                new Signer(new Actor(PERSON), "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE="), false));
    }

    @Test
    void strangersGetPublicFilesUnderAHeadOfTheirOwnAndNoVerdict() throws IOException {
        Path bundle = world.bundle(folder.resolve("public.zip"), Readership.PUBLIC);
        Verification verification = BundleVerifier.verify(bundle, key);
        assertThat(verification.refused()).isEmpty();
        assertThat(verification.outcome()).isEqualTo(Outcome.SIGNED_PROJECTION);
        assertThat(verification.verdicts()).isEmpty();
        assertThat(verification.sentences())
                .contains("this is what everybody may know, not the whole journal")
                .contains("1 entries hold; no verdict is claimed")
                .anyMatch(s -> s.startsWith("from it follows nothing of what is not in it"))
                .anyMatch(s -> s.endsWith("only the whole journal shows: --whole"));
        Map<String, byte[]> parts = BundleVerifierTest.parts(bundle);
        assertThat(parts.keySet())
                .containsExactlyInAnyOrder("README.txt", "entries.txt", "leaves.txt", "head.txt", "key.pem");
        assertThat(everything(parts))
                .contains(BULLETIN.name())
                .doesNotContain("rec3", "T0001", "somebody", "station", "instrument", PERSON, NOBODYS.name(), "keeper");
    }

    @Test
    void membersGetVerdictsOverTheFilesInItAndAreToldWhatNothingIsClaimedOf() throws IOException {
        Path bundle = world.bundle(folder.resolve("members.zip"), Readership.MEMBERS);
        Verification verification = BundleVerifier.verify(bundle, key);
        assertThat(verification.refused()).isEmpty();
        assertThat(verification.outcome()).isEqualTo(Outcome.SIGNED_PROJECTION);
        List<ClauseReport> claimed = verification.verdicts().orElseThrow().clauses();
        assertThat(claimed.stream().map(ClauseReport::clause))
                .contains("P-1", "P-4")
                .doesNotContain("P-2");
        assertThat(claimed)
                .filteredOn(c -> c.clause().equals("P-4"))
                .allMatch(c -> c.failing() == 3 && c.subjects() == 12);
        assertThat(verification.projection().orElseThrow().leftOut())
                .contains("P-2")
                .doesNotContain("P-4");
        assertThat(verification.sentences()).anyMatch(s -> s.startsWith("nothing is claimed of P-2"));
        assertThat(everything(BundleVerifierTest.parts(bundle)))
                .contains("rec3", BULLETIN.name())
                .doesNotContain(NOBODYS.name(), NOBODYS.scope().name(), PERSON, "somebody");
        assertThat(verification.json()).contains("\"readers\" : \"members\"", "\"outcome\" : \"SIGNED_PROJECTION\"");
    }

    @Test
    void withoutAKeyFromElsewhereItIsConsistentInItselfOnly() throws IOException {
        Path bundle = world.bundle(folder.resolve("public.zip"), Readership.PUBLIC);
        Verification verification = BundleVerifier.verify(bundle, Anchor.NONE);
        assertThat(verification.outcome()).isEqualTo(Outcome.CONSISTENT_IN_ITSELF_ONLY);
        assertThat(verification.sentences().getLast()).startsWith("consistent in itself only: ");
        Anchor others = new Anchor(Optional.of(World.keys().getPublic()), Optional.empty());
        assertThat(names(BundleVerifier.verify(bundle, others))).containsExactly(Refusal.OTHER_KEY);
    }

    /** Its signature too: Ed25519 gives one for one text. */
    @Test
    void thePublicBundleIsTheSameBytesWhateverElseHappens() throws IOException {
        byte[] before = Files.readAllBytes(world.bundle(folder.resolve("before.zip"), Readership.PUBLIC));
        world.register(new DataId(new Scope("instrument"), "/more"), Optional.empty());
        world.register(new DataId(new Scope("unlisted"), "/and-more"), Optional.empty());
        world.append(new RetentionFact.HoldBegan(
                new Hold(Hold.Cause.HEAD_AHEAD, World.NOW, 5, Optional.of(7L), "planted reason")));
        assertThat(Files.readAllBytes(world.bundle(folder.resolve("after.zip"), Readership.PUBLIC)))
                .isEqualTo(before);
        world.register(new DataId(new Scope("bulletin"), "/2026/two.pdf"), Optional.empty());
        assertThat(Files.readAllBytes(world.bundle(folder.resolve("later.zip"), Readership.PUBLIC)))
                .isNotEqualTo(before);
    }

    @Test
    void aHeadOfTheOneKindIsNeverTakenForOneOfTheOther() throws IOException {
        Path bundle = world.bundle(folder.resolve("public.zip"), Readership.PUBLIC);
        String text = new String(BundleVerifierTest.parts(bundle).get("head.txt"), StandardCharsets.UTF_8);
        ProjectedHead projected = ProjectedHead.parse(text);
        assertThat(projected.isSignedBy(world.keys.getPublic())).isTrue();
        assertThatThrownBy(() -> SignedHead.parse(text)).isInstanceOf(BadEntry.class);
        assertThat(new SignedHead(projected.size(), projected.root(), projected.at(), projected.signature())
                        .isSignedBy(world.keys.getPublic()))
                .isFalse();
        SignedHead own = world.head();
        assertThatThrownBy(() -> ProjectedHead.parse(own.text())).isInstanceOf(BadEntry.class);
        for (Readership readers : Readership.values()) {
            assertThat(new ProjectedHead(readers, own.size(), own.root(), own.at(), own.signature())
                            .isSignedBy(world.keys.getPublic()))
                    .isFalse();
        }
        assertThat(new ProjectedHead(
                                Readership.MEMBERS,
                                projected.size(),
                                projected.root(),
                                projected.at(),
                                projected.signature())
                        .isSignedBy(world.keys.getPublic()))
                .isFalse();
        Anchor passedOff = new Anchor(
                key.key(),
                Optional.of(new SignedHead(projected.size(), projected.root(), projected.at(), projected.signature())));
        assertThat(names(BundleVerifier.verify(world.bundle(folder.resolve("whole.zip")), passedOff)))
                .contains(Refusal.HEAD_NOT_SIGNED);
    }

    @Test
    void whatWasTamperedWithIsRefused() throws IOException {
        Path members = world.bundle(folder.resolve("members.zip"), Readership.MEMBERS);
        refused(
                members,
                Part.ENTRIES,
                t -> t.replaceFirst("TOWER-DISK\tCORRUPT", "TOWER-DISK\tPROVED"),
                Refusal.BYTES_CHANGED);
        refused(members, Part.VERDICTS, t -> t.replaceFirst("\"BREACHED\"", "\"MET\""), Refusal.VERDICT_CHANGED);
        refused(
                members,
                Part.VERDICTS,
                t -> t.replace("\"entries\" : 17", "\"entries\" : 18"),
                Refusal.MOMENT_IMPOSSIBLE);
        refused(members, Part.PLAN, t -> t + "\n", Refusal.OTHER_PLAN_VERSION);
        refused(members, Part.HEAD, t -> t.replace(" members ", " public "), Refusal.BUNDLE_BROKEN);
        Path open = world.bundle(folder.resolve("public.zip"), Readership.PUBLIC);
        refused(open, Part.HEAD, t -> t.replace(" public ", " nobody "), Refusal.BUNDLE_BROKEN);
        refused(open, Part.HEAD, t -> t.replaceFirst(" 1 public 1 ", " 1 public 2 "), Refusal.HEAD_NOT_SIGNED);
        refused(open, Part.ENTRIES, t -> t.replaceFirst("\nend 1\n", "\nend 2\n"), Refusal.BYTES_CHANGED);
    }

    @ParameterizedTest
    @EnumSource
    void whoHasTheWholeShowsThatItIsWhatTheWholeGives(Readership readers) throws IOException {
        Path some = world.bundle(folder.resolve("some.zip"), readers);
        Path whole = world.bundle(folder.resolve("whole.zip"));
        Anchor anchor = new Anchor(key.key(), Optional.of(world.head()));
        Verification same = BundleVerifier.verify(some, whole, anchor);
        assertThat(same.refused()).isEmpty();
        assertThat(same.outcome()).isEqualTo(Outcome.ANCHORED);
        assertThat(same.sentences()).contains("it is what the whole journal shows to these readers");

        world.register(new DataId(new Scope("bulletin"), "/2026/two.pdf"), Optional.empty());
        Path later = world.bundle(folder.resolve("later.zip"));
        assertThat(BundleVerifier.verify(some, later, key).sentences())
                .contains(
                        "it is what the whole journal shows to these readers; 1 entries that came later are not in it");
        Path newer = world.bundle(folder.resolve("newer.zip"), readers);
        assertThat(names(BundleVerifier.verify(newer, whole, key))).containsExactly(Refusal.OTHER_PROJECTION);
    }

    /** The house signs a projection from which it left a bad inspection out: only the whole shows that. */
    @Test
    void whatTheHouseItselfLeftOutTheWholeShows() throws IOException {
        Path whole = world.bundle(folder.resolve("whole.zip"));
        world.entries.remove(14);
        Path short1 = world.bundle(folder.resolve("short.zip"), Readership.MEMBERS);
        assertThat(BundleVerifier.verify(short1, key).outcome()).isEqualTo(Outcome.SIGNED_PROJECTION);
        assertThat(names(BundleVerifier.verify(short1, whole, key))).containsExactly(Refusal.OTHER_PROJECTION);
    }

    @Test
    void oneProjectionIsNotTheWholeOfAnother() throws IOException {
        Path open = world.bundle(folder.resolve("public.zip"), Readership.PUBLIC);
        Path members = world.bundle(folder.resolve("members.zip"), Readership.MEMBERS);
        Path whole = world.bundle(folder.resolve("whole.zip"));
        assertThat(names(BundleVerifier.verify(open, members, key))).containsExactly(Refusal.OTHER_PROJECTION);
        assertThat(names(BundleVerifier.verify(whole, whole, key))).containsExactly(Refusal.OTHER_PROJECTION);
    }

    @Test
    void aHouseThatHasNothingToShowSaysSo() throws IOException {
        World empty = new World();
        Path bundle = empty.bundle(folder.resolve("empty.zip"), Readership.PUBLIC);
        Anchor its = new Anchor(Optional.of(empty.keys.getPublic()), Optional.empty());
        Verification verification = BundleVerifier.verify(bundle, its);
        assertThat(verification.refused()).isEmpty();
        assertThat(verification.sentences()).contains("0 entries hold; no verdict is claimed");
    }

    private void refused(Path bundle, Part part, UnaryOperator<String> change, Refusal refusal) throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>(BundleVerifierTest.parts(bundle));
        String before = new String(parts.get(part.file()), StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        parts.put(part.file(), after.getBytes(StandardCharsets.UTF_8));
        Path file = folder.resolve("tampered.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(each.getKey()));
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        Verification verification = BundleVerifier.verify(file, key);
        assertThat(verification.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(names(verification)).contains(refusal);
    }

    private static String everything(Map<String, byte[]> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach((name, bytes) -> {
            if (!name.equals("README.txt")) {
                all.append(new String(bytes, StandardCharsets.UTF_8));
            }
        });
        return all.toString();
    }

    private static List<Refusal> names(Verification verification) {
        return verification.refused().stream().map(Refused::refusal).toList();
    }
}
