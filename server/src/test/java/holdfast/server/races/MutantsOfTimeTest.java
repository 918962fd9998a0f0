package holdfast.server.races;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.house.Planted;
import holdfast.server.embedded.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Houses that forget what time does to a verdict that is kept: some history must notice each. */
class MutantsOfTimeTest {
    private static final long SEEDS = 200;
    private static final String SQL = "server/src/main/java/holdfast/server/sql/";

    /** All of them, or with {@code -Dholdfast.mutant=TEXT} those whose name has the text. */
    static List<Planted> faults() {
        String asked = System.getProperty("holdfast.mutant", "");
        return all().stream().filter(f -> f.name().contains(asked)).toList();
    }

    private static List<Planted> all() {
        return List.of(
                new Planted(
                        "what lapses at this very moment is not made due",
                        SQL + "Homes.java",
                        "t.valid_until <= ?",
                        "t.valid_until < ?"),
                new Planted(
                        "what is kept never lapses",
                        SQL + "Summaries.java",
                        "r -> until(r.getValue().validUntil())",
                        "r -> Long.MAX_VALUE"),
                new Planted(
                        "of several homes the latest end is taken",
                        SQL + "Verdicts.java",
                        "min(valid_until)",
                        "max(valid_until)"),
                new Planted(
                        "shares do not lapse with the copies they count",
                        "core/src/main/java/holdfast/judgement/Judge.java",
                        "return shares ? Tally.holdingUntil(file.standingsHoldUntil()) : Tally.NONE;",
                        "return Tally.NONE;"),
                new Planted(
                        "a proof never lapses",
                        "core/src/main/java/holdfast/judgement/CopyRules.java",
                        "        horizon.at(late);\n",
                        ""),
                new Planted(
                        "a silence never lasts too long",
                        "core/src/main/java/holdfast/judgement/Reach.java",
                        "horizon.at(since.plus(limits.silence()))",
                        "horizon.earliest()"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFoundByAHistory(Planted fault) throws Exception {
        try (TestDatabase database = InterleavingsTest.database()) {
            String[] where = {database.jdbcUrl(), database.user(), database.password()};
            Object failure = FaultyHouse.call(fault, PastEveryLimit.class, "firstFailure", where, SEEDS);
            assertThat(failure).as("no history noticed that %s", fault).isNotNull();
            System.out.println("found: " + fault + ": "
                    + failure.toString().lines().findFirst().orElse(""));
        }
    }
}
