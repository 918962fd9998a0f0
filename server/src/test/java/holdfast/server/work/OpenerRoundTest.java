package holdfast.server.work;

import static holdfast.server.work.WorkHouse.DISK;
import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.Opener;
import holdfast.judgement.Verdict;
import holdfast.server.openers.Openers;
import holdfast.storage.OpeningSample;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenerRoundTest {
    private static final String P_2 = "P-2";

    @TempDir
    Path folder;

    private WorkHouse house;
    private TrialHouse trials;
    private FixityWorker fixity;
    private Path program;

    @BeforeEach
    void build() {
        house = new WorkHouse(folder.resolve("house"));
        house.disk();
        trials = new TrialHouse(house);
        fixity = new FixityWorker(house.place, FixitySettings.DEFAULTS);
        program = folder.resolve("program");
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** Steps once the last try asks for no more rest; the file that is opened is $1. */
    private List<OpeningSample> step(String script) throws IOException {
        house.pass(OpenerSettings.DEFAULTS.retry());
        fixity.step(DISK);
        trials.catchUp();
        Files.writeString(program, script);
        return round.step(DISK);
    }

    private OpenerRound round;

    private void openers() {
        Opener opener = new Opener("root", List.of("/bin/sh", program.toString(), Opener.FILE), Duration.ofSeconds(30));
        round = new OpenerRound(
                house.place, OpenerSettings.DEFAULTS, new Openers(folder.resolve("copies"), List.of(opener)));
    }

    @Test
    void withoutAnOpenerNothingIsKnown() throws IOException {
        house.files(3, 50);
        round = new OpenerRound(house.place, OpenerSettings.DEFAULTS, new Openers(folder.resolve("copies"), List.of()));
        assertThat(step("exit 0")).isEmpty();
        trials.expect(P_2, Verdict.UNDETERMINED);
    }

    @Test
    void aSampleThatOpensSpeaksForItsClassAtItsElementUntilTheDrillsIntervalIsOver() throws IOException {
        house.files(30, 50);
        openers();
        assertThat(step("exit 0"))
                .singleElement()
                .matches(s -> s.opened() == 2 && s.unopened().isEmpty());
        trials.expect(P_2, Verdict.MET);
        trials.foldsToTheSame(P_2);
        house.pass(Duration.ofDays(92));
        trials.expect(P_2, Verdict.UNDETERMINED);
    }

    @Test
    void aFileThatDoesNotOpenIsBreachedByNameAndLeavesADoubtAboutTheOthersUntilItOpens() throws IOException {
        List<DataId> ids = house.files(2, 50);
        openers();
        String bad = ids.getFirst().name().substring(ids.getFirst().name().lastIndexOf('/') + 1);
        assertThat(step("case \"$1\" in *" + bad + ") echo no tree; exit 1;; esac"))
                .hasSize(1);
        house.pass(Duration.ofDays(3));
        trials.expect(P_2, Verdict.BREACHED);
        assertThat(trials.verdict(P_2).failing()).isEqualTo(1);
        assertThat(trials.verdict(P_2).undetermined()).isEqualTo(1);
        assertThat(trials.verdict(P_2).named())
                .anyMatch(f -> f.subject().equals(ids.getFirst().toString())
                        && f.reasons().toString().contains("exit 1, no tree"));
        trials.foldsToTheSame(P_2);

        // A file that stays as bad is no news.
        assertThat(step("case \"$1\" in *" + bad + ") echo no tree; exit 1;; esac"))
                .isEmpty();

        assertThat(step("exit 0")).hasSize(1);
        trials.expect(P_2, Verdict.MET);
    }

    @Test
    void whatDidNotOpenIsTriedAgainBesideEveryLaterSample() throws IOException {
        house.files(40, 50);
        openers();
        Path log = folder.resolve("log");
        step("echo \"$1\" >> " + log + "; exit 1");
        List<String> first = Files.readAllLines(log).stream()
                .map(l -> l.substring(l.lastIndexOf('/')))
                .distinct()
                .toList();
        assertThat(first).hasSize(2);
        house.pass(Duration.ofDays(3));
        Files.delete(log);
        step("echo \"$1\" >> " + log + "; exit 0");
        assertThat(Files.readAllLines(log).stream().map(l -> l.substring(l.lastIndexOf('/'))))
                .containsAll(first)
                .hasSize(4);
        trials.expect(P_2, Verdict.MET);
    }

    @Test
    void aProgramThatCannotBeRunIsUndeterminedAndSaysWhyAndWritesNoEntryEveryTime() throws IOException {
        house.files(3, 50);
        openers();
        assertThat(step("exec /no/such/program")).singleElement().matches(s -> s.notKnown() == 2);
        house.pass(Duration.ofDays(3));
        trials.expect(P_2, Verdict.UNDETERMINED);
        assertThat(trials.verdict(P_2).named().getFirst().reasons().toString()).contains("could not be run");
        assertThat(step("exec /no/such/program")).isEmpty();
    }

    @Test
    void aProgramThatBreaksLaterTakesNothingFromASampleInDate() throws IOException {
        house.files(3, 50);
        openers();
        step("exit 0");
        house.pass(Duration.ofDays(50));
        assertThat(step("exec /no/such/program")).isEmpty();
        trials.expect(P_2, Verdict.MET);
    }

    @Test
    void theNextSampleIsOpenedAfterHalfTheInterval() throws IOException {
        house.files(3, 50);
        openers();
        step("exit 0");
        house.pass(Duration.ofDays(45));
        assertThat(step("exit 0")).isEmpty();
        house.pass(Duration.ofDays(1));
        assertThat(step("exit 0")).hasSize(1);
    }

    @Test
    void aCopyThatIsDamagedIsLeftToInspections() throws IOException {
        List<DataId> ids = house.files(1, 50);
        house.pass(Duration.ofHours(1));
        fixity.step(DISK);
        Files.write(house.path(ids.getFirst()), new byte[50]);
        openers();
        assertThat(step("exit 0"))
                .singleElement()
                .matches(s -> s.notKnown() == 1 && s.unopened().isEmpty());
    }
}
