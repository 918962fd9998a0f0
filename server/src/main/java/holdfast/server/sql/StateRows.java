package holdfast.server.sql;

import holdfast.evidence.StateLines;
import holdfast.ingest.Register;
import holdfast.journal.Entry;
import holdfast.journal.Micros;
import holdfast.judgement.Trials;
import holdfast.plan.Waiver;
import holdfast.retention.RetentionFact;
import holdfast.storage.Condition;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All rows of current state as the lines that a fold of the journal gives, in the same order. */
public final class StateRows {
    private static final int FETCH = 1_000;

    private final Database database;
    private final Entries entries;
    private final Words words;
    private final FileTable files;
    private final CopyTable copies;
    private final State state;
    private final CatalogLines catalog;
    private final ActTables acts = new ActTables();

    public StateRows(Database database, Entries entries, Words words) {
        this.database = database;
        this.entries = entries;
        this.words = words;
        this.files = new FileTable(words);
        this.copies = new CopyTable(words);
        this.state = new State(words);
        this.catalog = new CatalogLines(words);
    }

    /** Every line, sorted, and before that every entry of the journal, all of one moment: facts written meanwhile are in neither. */
    public List<String> lines(Consumer<Entry> journal) {
        List<String> lines = new ArrayList<>();
        database.stream(connection -> {
            try (PreparedStatement snapshot =
                    connection.prepareStatement("set transaction isolation level repeatable read")) {
                snapshot.execute();
            }
            entries.all(connection, journal);
            Map<NameKey, DataId> names = files(connection, lines);
            copies(connection, names, lines);
            catalog.add(connection, lines);
            for (Condition condition : state.conditions(connection).values()) {
                lines.add(StateLines.condition(condition));
            }
            Trials trials = TrialTables.all(connection);
            trials.doors().values().forEach(probe -> lines.add(StateLines.door(probe)));
            trials.openings().values().forEach(sample -> lines.add(StateLines.opening(sample)));
            register(connection, lines);
            for (Waiver waiver : state.waivers(connection, Instant.EPOCH)) {
                lines.addAll(StateLines.waiver(waiver));
            }
            for (RetentionFact.SignerNamed named : acts.signers(connection)) {
                lines.add(StateLines.signer(named.signer(), named.retired()));
            }
            acts.all(connection).forEach(act -> lines.add(StateLines.act(act)));
            for (PublishedTable.Made made : new PublishedTable().all(connection)) {
                lines.add(StateLines.published(made.act(), made.file()));
            }
            acts.hold(connection).ifPresent(hold -> lines.add(StateLines.hold(hold)));
            state.adopted(connection).ifPresent(a -> lines.add(StateLines.adopted(a)));
            return lines;
        });
        lines.sort(StateLines.ORDER);
        return lines;
    }

    private Map<NameKey, DataId> files(Connection connection, List<String> lines) throws SQLException {
        Map<NameKey, DataId> names = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select " + FileTable.COLUMNS + " from file")) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var file = files.row(row);
                    names.put(new NameKey(row.getLong(1), row.getLong(2)), file.id());
                    lines.add(StateLines.file(file));
                }
            }
        }
        return names;
    }

    private void copies(Connection connection, Map<NameKey, DataId> names, List<String> lines) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + CopyTable.COLUMNS + " from copy")) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CopyTable.Found found = copies.found(row);
                    Optional<DataId> id = Optional.ofNullable(names.get(found.key()));
                    lines.add(id.map(i -> StateLines.copy(found.of(i))).orElse("copy of no file: " + found.key()));
                }
            }
        }
    }

    private void register(Connection connection, List<String> lines) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select source, as_of from register");
                ResultSet row = select.executeQuery()) {
            if (row.next()) {
                lines.add(StateLines.register(row.getString(1), Micros.instant(row.getLong(2))));
            }
        }
        try (PreparedStatement select = connection.prepareStatement("select experiment, run, type, closed from run");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                lines.add(StateLines.run(new Register.Run(
                        new Register.RunKey(row.getString(1), row.getString(2)),
                        row.getString(3),
                        Columns.maybeLong(row, 4).map(Micros::instant),
                        List.of())));
            }
        }
        expected(connection, lines);
    }

    private void expected(Connection connection, List<String> lines) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select r.experiment, r.run, e.scope_id, e.name, e.bytes,"
                        + " e.events from expected e join run r on r.id = e.run_id")) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    DataId id = new DataId(new Scope(words.text(row.getInt(3))), row.getString(4));
                    lines.add(StateLines.expected(
                            new Register.RunKey(row.getString(1), row.getString(2)),
                            new Register.Expected(
                                    id, Columns.maybeLong(row, 5).map(ByteSize::new), Columns.maybeLong(row, 6))));
                }
            }
        }
    }
}
