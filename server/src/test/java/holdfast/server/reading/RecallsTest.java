package holdfast.server.reading;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow;
import holdfast.plan.Attributes;
import holdfast.server.sql.RecallBook;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody waits for a tape: what lies there is asked for, all that is asked for goes at once, and it comes. */
@Timeout(60)
class RecallsTest {
    private static final StorageName TAPE = new StorageName("CELLAR-TAPE");
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final byte[] BYTES = "of a run".getBytes(StandardCharsets.UTF_8);

    private final SlowTape tape = new SlowTape(BYTES);
    private final Notebook book = new Notebook();
    private final Recalls recalls = new Recalls(
            name -> Optional.<StorageDriver>of(tape).filter(_ -> name.equals(TAPE)),
            () -> NOW,
            book,
            new Recalls.Settings(Duration.ZERO, Duration.ZERO, 3));
    private final Reader reader = new Reader(name -> Optional.of(tape), recalls);

    @AfterEach
    void close() {
        tape.letAllThrough();
        recalls.close();
    }

    private static Offers.Offered file(String name) {
        DataId id = new DataId(new Scope("raw"), name);
        FileRow row = new FileRow(
                id,
                new ByteSize(BYTES.length),
                Digests.of(Digest.sha256(BYTES)),
                FileRow.DigestOrigin.ARRIVAL,
                Optional.empty(),
                Attributes.NONE,
                NOW,
                new FileRow.Source("detector", FileRow.SourceState.HELD),
                false,
                false);
        CopyRow copy = new CopyRow(
                id,
                TAPE,
                CopyState.ARRIVED,
                new StoragePath(name),
                0,
                Optional.empty(),
                NOW,
                Optional.empty(),
                NOW,
                Optional.empty());
        Offer.Place place = new Offer.Place(Optional.empty(), true, Optional.empty());
        return new Offers.Offered(row, List.of(new Offer(copy, place, Optional.empty(), List.of())));
    }

    private String onTape(String name) {
        return ((Opened.OnTape) reader.open(file(name), 0)).doing();
    }

    @Test
    void aFileOnTapeIsAskedForOnceAndSaysWhatIsGoingOn() throws Exception {
        assertThat(onTape("a")).contains("CELLAR-TAPE has it on tape only", "its recall was asked for now");
        tape.awaitRecall();
        assertThat(onTape("a")).contains("is under way since 2026-11-23T10:00:00Z");
        assertThat(tape.recalls()).hasSize(1);
    }

    @Test
    void whatIsAskedForWhileTheLibraryWorksGoesTogetherAfterwards() throws Exception {
        onTape("a");
        tape.awaitRecall();
        onTape("b");
        assertThat(onTape("b")).contains("waits with 0 others");
        onTape("c");
        onTape("d");
        assertThat(onTape("e")).contains("3 recalls wait there already, this one was not taken");
        tape.letThrough();
        tape.awaitRecall();
        assertThat(tape.recalls().getLast()).extracting(StoragePath::path).containsExactly("b", "c", "d");
    }

    @Test
    void whatWasBroughtIsReadAndThenLetGoOf() throws Exception {
        onTape("a");
        tape.awaitRecall();
        tape.letThrough();
        assertThat(tape.awaitEviction()).isEqualTo(new StoragePath("a"));
    }

    @Test
    void aRecallThatFailedIsSaidAndAskedForAgain() throws Exception {
        tape.fail();
        onTape("a");
        tape.awaitRecall();
        tape.letThrough();
        String said = onTape("a");
        while (said.contains("is under way")) {
            Thread.onSpinWait();
            said = onTape("a");
        }
        assertThat(said).contains("a recall failed before", "its recall was asked for now");
    }

    @Test
    void whatWasAskedForOfAServerThatIsNoMoreIsAskedForByTheNext() throws Exception {
        book.asked(new RecallBook.Asked(TAPE, new StoragePath("of a server that is no more")), NOW);
        book.leave();

        assertThat(recalls.goOn()).isOne();

        tape.awaitRecall();
        assertThat(tape.recalls().getFirst()).containsExactly(new StoragePath("of a server that is no more"));
        tape.letThrough();
        assertThat(tape.awaitEviction()).isEqualTo(new StoragePath("of a server that is no more"));
        assertThat(book.kept()).isEmpty();
        assertThat(recalls.goOn()).isZero();
    }

    @Test
    void whatIsAskedForStandsInTheBookUntilItCame() throws Exception {
        onTape("a");
        tape.awaitRecall();
        assertThat(book.kept()).containsExactly(new RecallBook.Asked(TAPE, new StoragePath("a")));
        recalls.goOn();
        assertThat(book.held()).containsExactly(new StoragePath("a"));
        tape.letThrough();
        tape.awaitEviction();
        assertThat(book.kept()).isEmpty();
    }

    @Test
    void whatIsOnlineAlreadyIsReadFromWhereItIsAskedFor() throws Exception {
        tape.bring("a");
        try (Opened.Bytes bytes = (Opened.Bytes) reader.open(file("a"), 3)) {
            assertThat(new String(bytes.content().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("a run");
        }
    }
}
