package holdfast.server.simulation;

import holdfast.evidence.FactKind;
import holdfast.evidence.FactKinds;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;

/** Reads each fact once, as soon as it is committed. */
final class Facts {
    private final Set<Long> seen = new HashSet<>();

    List<Fact> fresh(Connection connection) throws SQLException {
        List<Fact> facts = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select id, kind, version, manifest from journal_entry where id > ?" + " order by id")) {
            // Ids are drawn before commits: an older one may come late, but never by much.
            select.setLong(1, seen.stream().mapToLong(Long::longValue).max().orElse(0) - 20);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (seen.add(row.getLong(1))) {
                        facts.add(
                                FactKinds.read(new FactKind(row.getString(2), row.getInt(3)), lines(row.getBytes(4))));
                    }
                }
            }
        }
        return facts;
    }

    private static List<Line> lines(byte[] packed) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Line::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
