package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.fixity.Inspection;
import holdfast.fixity.Inspector;
import holdfast.judgement.Holding;
import holdfast.server.sql.CartridgeTable;
import holdfast.server.sql.Words;
import holdfast.server.work.Workplace.Station;
import holdfast.storage.Locator;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.NameKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where files lean on samples of their cartridge, one bad read of a file that was trusted puts the whole cartridge on trial: every
 * other file on it may count only, until it was read from the medium by itself.
 */
final class CartridgeTrial {
    private final CartridgeTable cartridges;

    CartridgeTrial(Words words) {
        this.cartridges = new CartridgeTable(words);
    }

    /** Cartridges that an inspection puts on trial, each with what was found; none where the plan takes no samples. */
    Map<String, String> opened(Station station, List<Inspection> learnt) {
        Map<String, String> opened = new TreeMap<>();
        if (!CartridgeSamples.areTaken(station)) {
            return opened;
        }
        for (Inspection seen : learnt) {
            CopyRow copy = seen.copy();
            boolean bad = copy.state() == CopyState.PROVED
                    && Inspector.after(seen).map(CopyRow::state).orElse(copy.state()) != CopyState.PROVED;
            copy.locator()
                    .filter(_ -> bad)
                    .flatMap(Locator::cartridge)
                    .ifPresent(label -> opened.putIfAbsent(
                            label,
                            "cartridge %s gave back %s wrongly; each file on it is to be read anew"
                                    .formatted(label, copy.path())));
        }
        return opened;
    }

    /** The files on these cartridges whose copies are trusted. */
    List<NameKey> files(Connection connection, Station station, Set<String> labels) throws SQLException {
        List<NameKey> keys = new ArrayList<>();
        for (String label : labels) {
            cartridges.of(connection, station.name(), label).stream()
                    .filter(on -> on.state() == CopyState.PROVED)
                    .map(CartridgeTable.On::key)
                    .forEach(keys::add);
        }
        return keys;
    }

    /** Their rows on trial, but for those that were just looked at themselves. */
    static List<CopyRow> rows(
            Station station,
            Map<DataId, Holding> locked,
            Map<String, String> opened,
            Set<DataId> lookedAt,
            Instant now) {
        return Effects.copies(locked, station.name(), c -> c.state() == CopyState.PROVED)
                .filter(c -> !lookedAt.contains(c.id()))
                .flatMap(c -> c
                        .locator()
                        .flatMap(Locator::cartridge)
                        .flatMap(label -> Optional.ofNullable(opened.get(label)))
                        .map(why -> c.state(CopyState.CLAIMED, now, Optional.of(why)))
                        .stream())
                .toList();
    }
}
