package holdfast.server.sql;

import holdfast.alarm.Situation;
import holdfast.journal.Micros;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Files that stand only on proofs that run out soon: no copy of theirs has a proof that holds longer. */
public final class Fading {
    private final Words words;

    public Fading(Words words) {
        this.words = words;
    }

    /** How long proofs hold at an element, and the share of that time at which one runs out soon. */
    public record Holds(StorageName element, Duration proof, double leftPercent) {
        long soonBefore(Instant now) {
            Duration fresh = Duration.ofMillis((long) (proof.toMillis() * (1 - leftPercent / 100)));
            return Micros.of(now.minus(fresh));
        }
    }

    /**
     * Looks up only copies whose proof is old, by the index that inspections go by.
     *
     * @param most the largest number of copies counted at one element
     */
    public List<Situation.Fading> of(Connection connection, List<Holds> elements, Instant now, int most)
            throws SQLException {
        String sql = "with e as (select * from unnest(?::int[], ?::bigint[]) e(storage_id, soon))"
                + " select count(*), min(c.proof_at) from (select c.home, c.leaf, c.proof_at from copy c where c.storage_id = ?"
                + " and c.state = 'P' and c.proof_at < ? and not exists (select from copy o join e on"
                + " e.storage_id = o.storage_id where o.home = c.home and o.leaf = c.leaf and o.state = 'P'"
                + " and o.proof_at >= e.soon) order by c.proof_at limit ?) c";
        List<Situation.Fading> fading = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(1, Columns.ints(connection, elements, h -> number(h.element())));
            select.setArray(2, Columns.longs(connection, elements, h -> h.soonBefore(now)));
            for (Holds holds : elements) {
                select.setInt(3, number(holds.element()));
                select.setLong(4, holds.soonBefore(now));
                select.setInt(5, most);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    if (row.getLong(1) > 0) {
                        Instant oldest = Micros.instant(row.getLong(2)).plus(holds.proof());
                        fading.add(new Situation.Fading(holds.element(), row.getLong(1), oldest));
                    }
                }
            }
        }
        return fading;
    }

    private int number(StorageName element) {
        return words.number(Words.Kind.STORAGE, element.name());
    }
}
