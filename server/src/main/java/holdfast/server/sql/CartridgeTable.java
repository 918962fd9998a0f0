package holdfast.server.sql;

import holdfast.catalog.CopyState;
import holdfast.journal.Micros;
import holdfast.storage.Locator;
import holdfast.vocabulary.NameKey;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which copies lie on a cartridge, as far as their addresses name one. */
public final class CartridgeTable {
    private final Words words;

    public CartridgeTable(Words words) {
        this.words = words;
    }

    /**
     * A copy on a cartridge.
     *
     * @param provedAt its last proof; the epoch where it has none
     * @param medium whether its medium was read since it was written
     */
    public record On(NameKey key, CopyState state, Locator locator, Instant provedAt, boolean medium) {}

    /** Every copy whose address is on a cartridge, of whatever state, in the order of their files' keys. */
    public List<On> of(Connection connection, StorageName element, String label) throws SQLException {
        String sql = "select home, leaf, state, locator, coalesce(proof_at, 0), coalesce(proof_medium, false) from copy"
                + " where storage_id = ? and position(':' in locator) > 1 and split_part(locator, ':', 1) = ?"
                + " order by home, leaf";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, words.number(Words.Kind.STORAGE, element.name()));
            select.setString(2, label);
            List<On> on = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    on.add(new On(
                            new NameKey(row.getLong(1), row.getLong(2)),
                            Codes.copyState(row.getString(3)),
                            new Locator(row.getString(4)),
                            Micros.instant(row.getLong(5)),
                            row.getBoolean(6)));
                }
            }
            return on;
        }
    }
}
