package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.Result.Refused;
import holdfast.ingest.Register;
import holdfast.ingest.Register.RunKey;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisterFileTest {
    private static final String HEAD = """
            # holdfast-register: 1
            # source: run database
            # as-of: 2026-11-22T06:00:00Z
            experiment,run,type,closed,file,bytes,events
            """;
    private static final String RAW = "/belle/Raw/e0003/r04794/sub00/physics.0003.04794.HLT2.f0000";

    @Test
    void runsAndTheirFilesAreRead() {
        Register register = read(HEAD + "3,4794,physics,2019-04-01T12:00:00+09:00," + RAW + "0.root,1234,10\n"
                        + "3,4794,physics,2019-04-01T12:00:00+09:00,\"" + RAW + "1.root\",,\n"
                        + "3,4795,unknown,,,,\n")
                .orThrow();
        assertThat(register.source()).isEqualTo("run database");
        assertThat(register.asOf()).isEqualTo(Instant.parse("2026-11-22T06:00:00Z"));
        assertThat(register.runs())
                .extracting(Register.Run::key)
                .containsExactly(new RunKey("3", "4794"), new RunKey("3", "4795"));
        assertThat(register.runs().getFirst().closed()).contains(Instant.parse("2019-04-01T03:00:00Z"));
        assertThat(register.runs().getFirst().files())
                .containsExactly(
                        new Register.Expected(
                                DataId.parse("raw:" + RAW + "0.root"),
                                Optional.of(new ByteSize(1234)),
                                Optional.of(10L)),
                        new Register.Expected(
                                DataId.parse("raw:" + RAW + "1.root"), Optional.empty(), Optional.empty()));
        assertThat(register.runs().getLast().closed()).isEmpty();
        assertThat(register.runs().getLast().files()).isEmpty();
    }

    @Test
    void eachBadLineIsNamedAndTheRegisterIsRefusedWhole() {
        Result<Register> result = read(HEAD + "3,1,physics,2019-04-01 12:00:00," + RAW + "0.root,x,1\n"
                + "3,1,physics,,/belle/raw/a,1,1\n"
                + "3,2,,,,,\n"
                + "3,3,physics\n"
                + "3,4,physics,,\"open,1,1\n"
                + "3,5,physics,," + RAW + "0.root,1,1\n");
        assertThat(result).isInstanceOf(Refused.class);
        List<Finding> findings = ((Refused<Register>) result).findings();
        assertThat(findings).extracting(Finding::line).containsExactly(5, 5, 6, 7, 8, 9, 10);
        assertThat(findings.get(2).what()).contains("/belle/Raw");
    }

    @Test
    void oneRunHasOneTypeAndOneCloseRecord() {
        Refused<Register> refused = (Refused<Register>) read(HEAD + "3,1,physics,,,,\n3,1,cosmic,,,,\n");
        assertThat(refused.findings())
                .singleElement()
                .matches(f -> f.line() == 6 && f.what().contains("3/1"));
    }

    @Test
    void aRegisterSaysWhereAndWhenItWasRead() {
        Refused<Register> refused = (Refused<Register>) read("experiment,run,type,closed,fil,bytes,events\n");
        assertThat(refused.say()).contains("'source'", "'as-of'", "did you mean 'file'?", "'file' is missing");
    }

    @Test
    void whereTheCallerSaysTheScopeTheFileIsScopeAndName() {
        Register register = RegisterFile.read(
                        HEAD + "1,1,shake,,instrument:day 1/trace.dat,1,1\n",
                        "r.csv",
                        Shipped.read("small-lab").policy(),
                        s -> true)
                .orThrow();
        assertThat(register.runs().getFirst().files().getFirst().id())
                .isEqualTo(DataId.parse("instrument:day 1/trace.dat"));
    }

    private static Result<Register> read(String text) {
        return RegisterFile.read(text, "register.csv", Shipped.read("belle2").policy(), s -> true);
    }
}
