package holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verbs of a shift and of reports print. */
class ReportVerbsTest {
    private static final String SHIFT = """
            {"since":"2026-05-04T00:00:00Z","at":"2026-05-04T08:00:00Z",
            "changes":[{"clause":"P-25","before":"MET","after":"BREACHED","at":"2026-05-04T03:00:00Z"}],
            "began":[{"clause":"P-25","files":12,"standing":2,"began":"2026-05-04T03:00:00Z",
              "latest":"2026-05-04T04:00:00Z","ended":null,"example":"raw:/a","reasons":["HOME: two reads gave other bytes"]}],
            "ended":[],
            "open":[{"clause":"P-25","files":2,"standing":2,"began":"2026-05-01T08:00:00Z",
              "latest":"2026-05-04T04:00:00Z","ended":null,"example":"raw:/a","reasons":[]}],
            "damage":[],
            "waits":{"acts":[{"id":"77","act":"declare-lost","about":null,"reason":"burnt","state":"OPEN","by":"anna",
              "proposedAt":"2026-05-04T06:00:00Z","needed":2,"signers":["bela"]}],"elements":[{"storage":"FAR","since":"2026-05-04T05:00:00Z","why":"does not answer"}],
              "copies":[{"storage":"FAR","copies":3,"bytes":900,"since":"2026-05-04T07:00:00Z","reason":"P-26",
                "problem":"no copy of it can be read now","attempts":4,"nextTry":"2026-05-04T08:05:00Z"}],
              "inspections":[]},
            "silenced":{"waivers":[],"downtimes":[{"site":"far","from":"2026-05-04T00:00:00Z",
              "until":"2026-05-05T00:00:00Z","reason":"cables","by":"administrator"}]},"due":0}""";
    private static final String MOU = """
            {"at":"2026-05-04T08:00:00Z","planVersion":"3","periods":"all periods","agreements":[{"clause":"P-26",
            "says":"It is kept elsewhere.","agreement":"mou","tolerancePercentOfShare":10.0,"verdict":"MET",
            "coverage":{"covered":9,"judged":10,"missing":1},"arriving":0,"inPeriods":[{"from":"2026-01-01","until":null,
            "state":"UNCONFIRMED","confirmed":false,"enteredBy":"somebody","enteredOn":"2026-02-01","gap":null,
            "heldBytes":1000,"sites":[{"site":"FAR","agreedPercent":60.0,"lowestPercent":54.0,"highestPercent":66.0,
            "heldPercent":40.0,"agreedBytes":600,"heldBytes":400,"standing":"low"}],
            "outside":[{"site":"HOME","bytes":5000,"boundBy":["P-25"]}]}],"noPeriod":[]}]}""";

    @TempDir
    Path folder;

    private FakeServer server;
    private Prompt prompt;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        prompt = new Prompt(server.url(), folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aShiftSaysWhatIsNewWhatStandsAndWhoWaits() {
        server.answer("GET /api/shift", SHIFT);
        assertThat(prompt.run("shift", "report", "--since", "8h")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains("P-25  12 files  began 2026-05-04 03:00 UTC (2 of them still stand)  one is raw:/a")
                .contains("P-25  BREACHED, was MET until 2026-05-04 03:00 UTC")
                .contains("P-25  2 files  for 3 d")
                .contains("act 77, declare-lost, waits for 1 of 2 signatures, for 2 h; proposed by anna: burnt")
                .contains("FAR does not answer, for 3 h")
                .contains(
                        "FAR waits for 3 copies, 900 bytes, for 60 min: attempt 4 failed: no copy of it can be read now")
                .contains("downtime of far")
                .contains("declared by administrator: cables");
        assertThat(prompt.out().lines().filter(l -> l.equals("  nothing"))).hasSize(2);
    }

    @Test
    void aShiftCannotBeginInTheFuture() {
        assertThat(prompt.run("shift", "report", "--since", "2999-01-01")).isEqualTo(ExitCode.USAGE);
        assertThat(prompt.err()).contains("is no time in the past");
        assertThat(server.asked).isEmpty();
    }

    @Test
    void sharesAndCoverageStandApartAndUnconfirmedIsSaid() {
        server.answer("GET /api/report/mou", MOU);
        assertThat(prompt.run("report", "mou", "--period", "all")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out())
                .contains("Coverage (safety): 9 of 10 files are at one of the sites, 1 are not, MET")
                .contains("UNCONFIRMED", "NOT CONFIRMED against the agreement's own text")
                .containsPattern("FAR +40\\.0 % +60\\.0 % +54\\.0 to 66\\.0 +400 +600 +low")
                .contains("outside the agreement: HOME holds 5,000 bytes, bound by P-25");
        assertThat(server.asked).containsExactly("GET /api/report/mou?period=all");
    }

    private static String board(String acknowledged) {
        return """
                {"at":"2026-05-04T08:00:00Z","channels":["shift"],"alarms":[{"id":"6e0c0000-0000-0000-0000-000000000001",
                "kind":"HEAD_STOPPED","about":"","words":"no signed head was written","size":1,
                "began":"2026-05-04T05:00:00Z","ended":null,"told":"2026-05-04T05:01:00Z","acknowledged":%s}],
                "deliveries":[{"message":"6e0c","occasion":"NEWS","subject":"[lab] HEAD STOPPED: 1 new",
                "at":"2026-05-04T05:01:00Z","channel":"shift","attempts":3,"delivered":null,
                "nextTry":"2026-05-04T08:01:00Z","problem":"smtp.lab.example: refused"}]}""".formatted(acknowledged);
    }

    @Test
    void anAlarmThatNobodyTookIsAnExitCodeToo() {
        server.answer("GET /api/alarms", board("null"));
        assertThat(prompt.run("notify", "list")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.out())
                .contains("HEAD STOPPED, for 3 h, last said 2026-05-04 05:01 UTC")
                .contains("to shift: NOT TAKEN after 3 attempts, smtp.lab.example: refused");
        server.answer(
                "GET /api/alarms",
                board("{\"by\":\"anna\",\"at\":\"2026-05-04T06:00:00Z\",\"until\":null,\"covers\":true}"));
        assertThat(prompt.run("notify", "list")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("taken by anna at 2026-05-04 06:00 UTC, until it ends");
    }

    @Test
    void whoTakesAnAlarmIsSent() {
        server.route("POST /api/alarms/6e0c/acknowledge", exchange -> {
            assertThat(FakeServer.body(exchange)).contains("\"by\":\"anna\"", "2026-05-05T00:00:00Z");
            return "{\"id\":\"6e0c\",\"kind\":\"BREACH\",\"about\":\"P-25\"}";
        });
        assertThat(prompt.run("notify", "ack", "6e0c", "--by", "anna", "--until", "2026-05-05"))
                .isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).contains("BREACH P-25 is taken by anna until 2026-05-05 00:00 UTC");
    }

    @Test
    void aTrialWithNobodyToTellSaysWhatToDo() {
        server.refuse(
                "POST /api/alarms/trial", 409, "REFUSED", "there is no channel; start the server with --notify FILE");
        assertThat(prompt.run("notify", "test")).isEqualTo(ExitCode.FOUND_WRONG);
        assertThat(prompt.err()).contains("start the server with --notify FILE");
    }

    @Test
    void csvAndJsonExcludeEachOtherAndCsvComesAsItIs() {
        assertThat(prompt.run("report", "mou", "--csv", "--json")).isEqualTo(ExitCode.USAGE);
        server.answer("GET /api/report/mou.csv", "site\r\nFAR\r\n");
        assertThat(prompt.run("report", "mou", "--csv")).isEqualTo(ExitCode.OK);
        assertThat(prompt.out()).isEqualTo("site\r\nFAR\r\n");
    }
}
