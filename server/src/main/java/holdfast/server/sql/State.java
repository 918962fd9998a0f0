package holdfast.server.sql;

import holdfast.custody.InForce;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.judgement.Surroundings;
import holdfast.judgement.Whole;
import holdfast.judgement.Whole.RegisterState;
import holdfast.plan.PlanFact;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Waiver;
import holdfast.retention.Hold;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is recorded beyond single files: conditions, the register, waivers, the adopted plan, sums of copies. */
public final class State {
    private final Words words;
    private final ActTables acts = new ActTables();

    public State(Words words) {
        this.words = words;
    }

    /** The plan and sites in force with the conditions recorded now, and what a custody hold puts in doubt. */
    public Surroundings surroundings(Connection connection, InForce inForce) throws SQLException {
        return inForce.surroundings(
                conditions(connection), acts.hold(connection).flatMap(Hold::doubtBefore), TrialTables.all(connection));
    }

    /** The plans that were adopted last: the one in force, and before it all that were in force after a moment. */
    public List<PlanAdopted> adoptedSince(Connection connection, Instant moment) throws SQLException {
        List<PlanAdopted> adopted = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select version, digest, plan, sites, policy, at from adopted order by seq desc")) {
            try (ResultSet row = select.executeQuery()) {
                boolean going = true;
                while (going && row.next()) {
                    adopted.add(adopted(row));
                    going = Micros.instant(row.getLong(6)).isAfter(moment);
                }
            }
        }
        return adopted;
    }

    private static PlanAdopted adopted(ResultSet row) throws SQLException {
        return new PlanAdopted(
                row.getString(1),
                Digest.of(Digest.Algorithm.SHA256, row.getBytes(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }

    public Map<StorageName, Condition> conditions(Connection connection) throws SQLException {
        Map<StorageName, Condition> conditions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select line from condition order by storage_id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Condition condition = ConditionChanged.read(
                                ConditionChanged.Cause.CLEARED.kind(), List.of(Line.of(row.getString(1))))
                        .conditions()
                        .getFirst();
                conditions.put(condition.element(), condition);
            }
        }
        return conditions;
    }

    /** The plan adopted last, with its sites and policy. */
    public Optional<PlanAdopted> adopted(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select version, digest, plan, sites, policy from adopted order by seq desc limit 1");
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(adopted(row)) : Optional.empty();
        }
    }

    /**
     * What judgements rest on beside the files: equal when neither the plan in force nor any condition nor
     * which scopes are observed has changed.
     *
     * @param adoption the number of the adoption in force, 0 when nothing was adopted
     * @param conditions digests of all conditions and opened samples, with the hold and the observed scopes
     */
    public record Ground(int adoption, String conditions) {}

    public Ground ground(Connection connection) throws SQLException {
        String sql = "select (select coalesce(max(seq), 0) from adopted), (select md5(coalesce(string_agg(line, E'\\n"
                + "' order by storage_id), '')) from condition) || (select md5(coalesce(string_agg(line, E'\\n"
                + "' order by storage_id, class_id, format), '')) from opening) || (select coalesce(string_agg(line, ''),"
                + " '') from hold) || (select coalesce(string_agg(key, ' ' order by key), '') from document where kind = '"
                + ObservedScopes.KIND + "')";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Ground(row.getInt(1), row.getString(2));
        }
    }

    /**
     * As {@link #ground}, and kept as it is until the transaction ends, where it matters to files. Whoever is changing the
     * ground has made due what stood on it when it looked, and nothing that came since; so this waits for its end, and
     * sees the change.
     */
    public Ground keptGround(Connection connection) throws SQLException {
        DueTable.keepGround(connection);
        return ground(connection);
    }

    /** Waivers that have not lapsed. */
    public List<Waiver> waivers(Connection connection, Instant now) throws SQLException {
        List<Waiver> waivers = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select lines from waiver where until_at > ? order by from_at, id")) {
            select.setLong(1, Micros.of(now));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    List<Line> lines = row.getString(1).lines().map(Line::of).toList();
                    waivers.add(PlanFact.WaiverGranted.read(lines).waiver());
                }
            }
        }
        return waivers;
    }

    public Optional<RegisterState> register(Connection connection) throws SQLException {
        String sql = "select g.source, g.as_of, (select count(*) from run), (select count(*) from expected),"
                + " (select count(*) from run where closed is null), array(select experiment || '/' || run from run"
                + " where closed is null order by experiment, run limit 20) from register g";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new RegisterState(
                    row.getString(1),
                    Micros.instant(row.getLong(2)),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    List.of((String[]) row.getArray(6).getArray())));
        }
    }

    /** Copies of a class at an element, added up over all homes. */
    public record HeldSum(
            ClassId classId, StorageName storage, LocalDate period, long files, long counting, ByteSize bytes) {}

    public List<HeldSum> held(Connection connection) throws SQLException {
        List<HeldSum> sums = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select class_id, storage_id, period, sum(files),"
                        + " sum(counting), sum(bytes) from held group by 1, 2, 3 order by 1, 2, 3");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sums.add(new HeldSum(
                        new ClassId(words.text(row.getInt(1))),
                        new StorageName(words.text(row.getInt(2))),
                        LocalDate.ofEpochDay(row.getInt(3)),
                        row.getLong(4),
                        row.getLong(5),
                        new ByteSize(row.getLong(6))));
            }
        }
        return sums;
    }

    /** Registered files of a class; an empty class is none. */
    public record CensusSum(Optional<ClassId> classId, long files, ByteSize bytes, long lost) {}

    public List<CensusSum> census(Connection connection) throws SQLException {
        List<CensusSum> sums = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select class_id, sum(files), sum(bytes), sum(lost) from census group by 1 order by 1");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int classId = row.getInt(1);
                sums.add(new CensusSum(
                        classId == 0 ? Optional.empty() : Optional.of(new ClassId(words.text(classId))),
                        row.getLong(2),
                        new ByteSize(row.getLong(3)),
                        row.getLong(4)));
            }
        }
        return sums;
    }

    /** How the journal is kept, from what the house remembers. */
    public static Whole.JournalState journal(Optional<Memory.Note> audit, Optional<Memory.Note> headOutside) {
        return new Whole.JournalState(
                audit.map(Memory.Note::at),
                audit.map(n -> n.value().equals("agreed")).orElse(false),
                headOutside.map(Memory.Note::at));
    }
}
