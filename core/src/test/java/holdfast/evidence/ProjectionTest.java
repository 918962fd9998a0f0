package holdfast.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CatalogFact;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.fixity.FixityFact;
import holdfast.fixity.Outcome;
import holdfast.ingest.IngestFact;
import holdfast.journal.Entry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.storage.StorageFact;
import holdfast.transfer.TransferFact;
import holdfast.vocabulary.Readership;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What some readers are shown of the journal: nothing of it moves with what is hidden. */
class ProjectionTest {
    private static final Scope HIDDEN = new Scope("s0");
    private static final Visible OPEN = new Visible.Only(Predicate.not(HIDDEN::equals));
    private static final int HISTORIES = 300;

    private static final Set<String> FOR_ALL = Set.of(
            "catalog.copies-claimed",
            "catalog.files-described",
            "catalog.files-placed",
            "fixity.copies-inspected",
            "ingest.bytes-returned",
            "ingest.files-registered",
            "ingest.source-released",
            "retention.copies-declared-missing",
            "retention.copies-found",
            "retention.copies-read-again",
            "retention.copies-released",
            "retention.copies-releasing",
            "retention.files-declared-lost",
            "transfer.copies-arrived");

    private static final Set<String> FOR_MEMBERS_BESIDES = Set.of(
            "plan.adopted",
            "retention.hold-began",
            "retention.hold-lifted",
            "storage.answers-again",
            "storage.cleared",
            "storage.downtime-declared",
            "storage.drives-changed",
            "storage.fell-silent",
            "storage.listed",
            "storage.recall-drilled",
            "storage.scrubbed",
            "storage.suspected");

    /** A new kind of fact is shown to nobody until it stands here and in {@link Projection}. */
    @Test
    void eachKindOfFactIsShownOrLeftOut() {
        Set<String> open = new TreeSet<>();
        Set<String> members = new TreeSet<>();
        for (int seed = 0; seed < HISTORIES; seed++) {
            for (Fact fact : new Samples(seed).oneOfEach()) {
                to(Readership.PUBLIC).of(fact).ifPresent(shown -> open.add(shown.kind()));
                to(Readership.MEMBERS).of(fact).ifPresent(shown -> members.add(shown.kind()));
            }
        }
        assertThat(open).containsExactlyInAnyOrderElementsOf(FOR_ALL);
        members.removeAll(FOR_ALL);
        assertThat(members).containsExactlyInAnyOrderElementsOf(FOR_MEMBERS_BESIDES);
    }

    /** The journal with hidden objects, beside what is seen and in one entry with it, gives what it gives without them. */
    @ParameterizedTest
    @EnumSource
    void whatIsHiddenMovesNothing(Readership readers) {
        int mixed = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            List<Entry> with = new ArrayList<>();
            List<Entry> without = new ArrayList<>();
            Samples samples = new Samples(seed);
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                Both both = both(samples, random, readers);
                Entry entry = samples.entry(both.with);
                with.add(entry);
                both.without.ifPresent(
                        fact -> without.add(Entry.of(fact, entry.id(), entry.at(), entry.actor(), entry.seed())));
                mixed += both.without.filter(fact -> !fact.equals(both.with)).isPresent() ? 1 : 0;
            }
            assertThat(project(with, readers)).isEqualTo(project(without, readers));
            assertThat(project(with, readers).stream().map(Entry::leaf))
                    .isEqualTo(
                            project(without, readers).stream().map(Entry::leaf).toList());
        }
        assertThat(mixed).as("entries of which a part is hidden").isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource
    void noWordOfWhatIsHiddenIsShownNorOfPeople(Readership readers) {
        int lines = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            Samples samples = new Samples(seed);
            for (Fact fact : samples.oneOfEach()) {
                Optional<Entry> shown = to(readers).of(samples.entry(fact));
                for (Line line : shown.map(Entry::lines).orElse(List.of())) {
                    lines++;
                    assertThat(line.fields().stream().flatMap(Optional::stream))
                            .noneMatch(field -> field.equals("s0") || field.startsWith("s0:"));
                }
                assertThat(shown.map(e -> e.actor().name()).orElse("withheld")).isEqualTo("withheld");
            }
        }
        assertThat(lines).isGreaterThan(1_000);
    }

    @Test
    void anEntryIsTheSameForEverAndOfNoOtherOneItCanBeToldThatItIsThis() {
        Samples samples = new Samples(7);
        Entry entry = samples.entry(new CatalogFact.FilesPlaced(seen(samples)));
        Entry open = to(Readership.PUBLIC).of(entry).orElseThrow();
        Entry members = to(Readership.MEMBERS).of(entry).orElseThrow();
        assertThat(to(Readership.PUBLIC).of(entry)).contains(open);
        assertThat(open.id()).isNotEqualTo(entry.id()).isNotEqualTo(members.id());
        assertThat(open.seed()).isNotEqualTo(entry.seed()).isNotEqualTo(members.seed());
        assertThat(open.id().version()).isEqualTo(4);
        assertThat(open.id().variant()).isEqualTo(2);
        assertThat(open.at()).isEqualTo(entry.at());
        Entry.Seed another =
                samples.entry(new CatalogFact.FilesPlaced(seen(samples))).seed();
        Entry same =
                new Entry(entry.id(), entry.at(), entry.actor(), entry.kind(), entry.version(), entry.lines(), another);
        assertThat(to(Readership.PUBLIC).of(same).orElseThrow())
                .as("only the seed tells, which nobody else has")
                .returns(false, e -> e.id().equals(open.id()))
                .returns(false, e -> e.seed().equals(open.seed()));
    }

    @Test
    void strangersSeeNoPathNoAddressAndNoSentence() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Samples samples = new Samples(seed);
            Fact shown = to(Readership.PUBLIC)
                    .of(new CatalogFact.CopiesClaimed(List.of(samples.copy(), samples.copy(), samples.copy())))
                    .orElse(new CatalogFact.CopiesClaimed(List.of()));
            assertThat(((CatalogFact.CopiesClaimed) shown).copies())
                    .allMatch(copy -> copy.path().path().equals("withheld")
                            && copy.locator().isEmpty()
                            && copy.finding().isEmpty());
        }
    }

    @Test
    void membersSeeNoCountOfAListingAndNoNumberOfTheJournal() {
        int listings = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            for (Fact fact : new Samples(seed).oneOfEach()) {
                switch (to(Readership.MEMBERS).of(fact).orElse(fact)) {
                    case StorageFact.ConditionChanged shown -> {
                        assertThat(shown.conditions()).allMatch(c -> c.listing().isEmpty());
                        listings += listings(fact);
                    }
                    case RetentionFact.HoldBegan shown ->
                        assertThat(shown.hold())
                                .returns(0L, Hold::own)
                                .returns(Optional.empty(), Hold::outside)
                                .returns("withheld", Hold::why)
                                .returns(((RetentionFact.HoldBegan) fact).hold().doubtBefore(), Hold::doubtBefore);
                    case RetentionFact.HoldLifted shown ->
                        assertThat(shown.act()).isEqualTo(new UUID(0, 0));
                    default -> {}
                }
            }
        }
        assertThat(listings).as("listings that were to be left out").isGreaterThan(100);
    }

    private static int listings(Fact fact) {
        return (int) ((StorageFact.ConditionChanged) fact)
                .conditions().stream().filter(c -> c.listing().isPresent()).count();
    }

    @ParameterizedTest
    @EnumSource
    void nobodySeesWhereAFileCameFrom(Readership readers) {
        Samples samples = new Samples(3);
        Fact shown = to(readers).of(new CatalogFact.FilesPlaced(seen(samples))).orElseThrow();
        assertThat(((CatalogFact.FilesPlaced) shown).files())
                .hasSizeGreaterThan(2)
                .allMatch(file -> file.source().name().equals("withheld"));
    }

    /** A fact of a house with hidden objects, and what it is in one without them. */
    private record Both(Fact with, Optional<Fact> without) {}

    private static Both both(Samples samples, Random random, Readership readers) {
        List<FileRow> files = List.of(samples.file(), samples.file(), samples.file());
        List<CopyRow> copies = List.of(samples.copy(), samples.copy(), samples.copy());
        return switch (random.nextInt(9)) {
            case 0 -> files(files, CatalogFact.FilesPlaced::new);
            case 1 -> files(files, CatalogFact.FilesDescribed::new);
            case 2 -> files(files, RetentionFact.FilesDeclaredLost::new);
            case 3 -> ofBoth(files, copies, IngestFact.FilesRegistered::new);
            case 4 -> ofBoth(files, copies, IngestFact.BytesReturned::new);
            case 5 -> {
                List<Outcome> outcomes = copies.stream().map(c -> outcome(c)).toList();
                yield copies(
                        new FixityFact.CopiesInspected(copies, outcomes),
                        seenOf(copies),
                        seen -> new FixityFact.CopiesInspected(
                                seen, seen.stream().map(c -> outcome(c)).toList()));
            }
            case 6 -> {
                List<StorageName> sources = copies.stream().map(c -> source(c)).toList();
                yield copies(
                        new TransferFact.CopiesArrived(copies, sources),
                        seenOf(copies),
                        seen -> new TransferFact.CopiesArrived(
                                seen, seen.stream().map(c -> source(c)).toList()));
            }
            case 7 ->
                copies(
                        new RetentionFact.CopiesDecided(RetentionFact.CopiesDecided.Decision.RELEASED, copies),
                        seenOf(copies),
                        seen -> new RetentionFact.CopiesDecided(RetentionFact.CopiesDecided.Decision.RELEASED, seen));
            default -> new Both(besides(samples, random, readers), Optional.empty());
        };
    }

    /** Whatever else a house with hidden objects writes of them: rules, acts, waivers, documents ... */
    private static Fact besides(Samples samples, Random random, Readership readers) {
        List<Fact> facts = samples.oneOfEach().stream()
                .filter(fact -> !FOR_ALL.contains(fact.kind()))
                .filter(fact -> readers == Readership.PUBLIC || !FOR_MEMBERS_BESIDES.contains(fact.kind()))
                .toList();
        return facts.get(random.nextInt(facts.size()));
    }

    private static Both files(List<FileRow> files, java.util.function.Function<List<FileRow>, Fact> fact) {
        List<FileRow> seen = seenFiles(files);
        return new Both(fact.apply(files), seen.isEmpty() ? Optional.empty() : Optional.of(fact.apply(seen)));
    }

    private static Both copies(
            Fact with, List<CopyRow> seen, java.util.function.Function<List<CopyRow>, Fact> without) {
        return new Both(with, seen.isEmpty() ? Optional.empty() : Optional.of(without.apply(seen)));
    }

    private static Both ofBoth(
            List<FileRow> files, List<CopyRow> copies, BiFunction<List<FileRow>, List<CopyRow>, Fact> fact) {
        boolean none = seenFiles(files).isEmpty() && seenOf(copies).isEmpty();
        return new Both(
                fact.apply(files, copies),
                none ? Optional.empty() : Optional.of(fact.apply(seenFiles(files), seenOf(copies))));
    }

    /** Of each copy its own, so that one that slips to another copy shows. */
    private static Outcome outcome(CopyRow copy) {
        return Outcome.values()[Math.floorMod(copy.hashCode(), Outcome.values().length)];
    }

    private static StorageName source(CopyRow copy) {
        return new StorageName("FROM-" + Math.floorMod(copy.hashCode(), 99));
    }

    private static List<FileRow> seen(Samples samples) {
        return seenFiles(
                java.util.stream.Stream.generate(samples::file).limit(20).toList());
    }

    private static List<FileRow> seenFiles(List<FileRow> files) {
        return files.stream().filter(f -> !f.id().scope().equals(HIDDEN)).toList();
    }

    private static List<CopyRow> seenOf(List<CopyRow> copies) {
        return copies.stream().filter(c -> !c.id().scope().equals(HIDDEN)).toList();
    }

    private static List<Entry> project(List<Entry> journal, Readership readers) {
        Projection projection = to(readers);
        return journal.stream().map(projection::of).flatMap(Optional::stream).toList();
    }

    private static Projection to(Readership readers) {
        return new Projection(readers, OPEN);
    }
}
