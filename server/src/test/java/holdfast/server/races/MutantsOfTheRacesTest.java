package holdfast.server.races;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.house.Planted;
import holdfast.server.embedded.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Houses that forget a lock, an epoch or an order of statements: some interleaving must notice each. */
class MutantsOfTheRacesTest {
    private static final long SEEDS = 1_000;
    private static final String SQL = "server/src/main/java/holdfast/server/sql/";

    /** A fault and the race that must find it. */
    record Fault(Planted planted, String race) {
        @Override
        public String toString() {
            return planted + ", by " + race;
        }
    }

    /** All of them, or with {@code -Dholdfast.mutant=TEXT} those whose name has the text. */
    static List<Fault> faults() {
        String asked = System.getProperty("holdfast.mutant", "");
        return all().stream().filter(f -> f.planted.name().contains(asked)).toList();
    }

    private static List<Fault> all() {
        return List.of(
                fault(
                        "files are not locked before they are decided on",
                        SQL + "FileTable.java",
                        "return byKey(connection, keys, \" for no key update\");",
                        "return byKey(connection, keys, \"\");",
                        "arrival-meets-release"),
                fault(
                        "copies are read before the lock is had",
                        SQL + "Holdings.java",
                        "        List<FileRow> locked = files.lock(connection, keys);\n"
                                + "        Map<NameKey, List<CopyTable.Found>> theirs = copies.of(connection, keys);",
                        "        Map<NameKey, List<CopyTable.Found>> theirs = copies.of(connection, keys);\n"
                                + "        List<FileRow> locked = files.lock(connection, keys);",
                        "arrival-meets-release"),
                fault(
                        "the sequencer does not ask whether its lease still holds",
                        SQL + "Sequencer.java",
                        "if (!Leases.holds(connection, lease)) {",
                        "if (false) {",
                        "two-nodes-leasing"),
                fault(
                        "a lease is asked for without holding on to it",
                        SQL + "Leases.java",
                        "select holder, epoch from lease where name = ? for update",
                        "select holder, epoch from lease where name = ?",
                        "two-nodes-leasing"),
                fault(
                        "a lease is taken before it is over",
                        SQL + "Leases.java",
                        " or lease.until <= ?",
                        " or lease.until > ?",
                        "two-nodes-leasing"),
                fault(
                        "taking a lease over does not raise its epoch",
                        SQL + "Leases.java",
                        "lease.epoch else lease.epoch + 1 end",
                        "lease.epoch else lease.epoch end",
                        "two-nodes-leasing"),
                fault(
                        "a home is read before its due work is taken",
                        SQL + "Homes.java",
                        "        Due due = takeDue(connection, home, bits.get());\n"
                                + "        List<Attended> done = new ArrayList<>(due.slices.size());\n"
                                + "        for (int number : due.slices) {\n"
                                + "            Slice slice = new Slice(home, number, bits.get());\n"
                                + "            List<Holding> found =",
                        "        List<Holding> found = holdings.home(connection, home);\n"
                                + "        Due due = takeDue(connection, home, bits.get());\n"
                                + "        List<Attended> done = new ArrayList<>(due.slices.size());\n"
                                + "        for (int number : due.slices) {\n"
                                + "            Slice slice = new Slice(home, number, bits.get());\n"
                                + "            List<Holding> unused =",
                        "two-workers-on-one-home"),
                fault(
                        "what is due is taken away after the home was read",
                        SQL + "Homes.java",
                        "            summaries.write(connection, slice, attended, now);\n",
                        "            summaries.write(connection, slice, attended, now);\n"
                                + "            takeDue(connection, home, bits.get());\n",
                        "two-workers-on-one-home"),
                fault(
                        "a home is judged by a ground that somebody is changing",
                        "server/src/main/java/holdfast/server/work/Attendant.java",
                        "desk.state.keptGround(connection)",
                        "desk.state.ground(connection)",
                        "ground-against-attending"),
                fault(
                        "a change of the ground makes homes due while others are judged by what was",
                        SQL + "DueTable.java",
                        "select pg_advisory_xact_lock(?)",
                        "select pg_advisory_xact_lock_shared(?)",
                        "ground-against-attending"),
                fault(
                        "a name that was registered meanwhile is taken for this one's",
                        SQL + "Rows.java",
                        "if (files.insert(connection, fact.files()) != fact.files().size()) {",
                        "if (files.insert(connection, fact.files()) > fact.files().size()) {",
                        "register-against-arrival"),
                fault(
                        "an arrival does not look at what stands there",
                        "server/src/main/java/holdfast/server/movers/Mover.java",
                        "return state.stands() || state == CopyState.RELEASING;",
                        "return false;",
                        "arrival-meets-release"),
                fault(
                        "an arrival is recorded although the copy was released meanwhile",
                        "server/src/main/java/holdfast/server/movers/Mover.java",
                        "(there.state() != CopyState.RELEASED || before.equals(Optional.of(there)))",
                        "true",
                        "arrival-meets-release"),
                fault(
                        "a plan may come into force between the last look and the removal",
                        SQL + "ActTables.java",
                        "lock table hold, adopted in share mode",
                        "lock table hold, condition in share mode",
                        "rule-against-release"),
                fault(
                        "a hold may begin between the last look and the removal",
                        SQL + "ActTables.java",
                        "lock table hold, adopted in share mode",
                        "lock table adopted, condition in share mode",
                        "rule-against-release"),
                fault(
                        "a rule locks a dataset while a copy of what it holds goes",
                        "server/src/main/java/holdfast/server/catalog/RuleCoverage.java",
                        "        collections.lock(connection, datasets);\n",
                        "",
                        "promise-against-release"),
                fault(
                        "a file is put into a locked dataset while its copy goes",
                        SQL + "MembershipLocks.java",
                        "\"pg_advisory_xact_lock_shared\"",
                        "\"coalesce\"",
                        "promise-against-release"),
                fault(
                        "a release does not keep what holds the file",
                        SQL + "Descent.java",
                        "order by kind, id for share",
                        "order by kind, id",
                        "promise-against-release"),
                fault(
                        "bytes go by signatures that died",
                        "server/src/main/java/holdfast/server/work/ReleaseWorker.java",
                        "return quorum.suffices(act.act(), quorum.standing(act))",
                        "return act.state() == State.SIGNED",
                        "signing-against-leaving"),
                fault(
                        "a signature is taken while its member leaves",
                        SQL + "DocumentTable.java",
                        "where kind = ? and key = ? for share",
                        "where kind = ? and key = ?",
                        "signing-against-leaving"),
                fault(
                        "nothing is asked once more before the removal",
                        "core/src/main/java/holdfast/retention/Removal.java",
                        "case Word.Refused refused -> new Leave.Withheld(refused.obstacles());",
                        "case Word.Refused _ -> new Leave.Granted(new Removal(copy.get()));",
                        "release-against-corruption"));
    }

    private static Fault fault(String name, String file, String right, String wrong, String race) {
        return new Fault(new Planted(name, file, right, wrong), race);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFoundByAnInterleaving(Fault fault) throws Exception {
        try (TestDatabase database = InterleavingsTest.database()) {
            String[] where = {database.jdbcUrl(), database.user(), database.password()};
            Object failure = FaultyHouse.call(fault.planted, Lane.class, "firstFailure", where, fault.race, SEEDS);
            assertThat(failure)
                    .as("no interleaving noticed that %s", fault.planted)
                    .isNotNull();
            System.out.println("found: " + fault + ": "
                    + failure.toString().lines().findFirst().orElse(""));
        }
    }
}
