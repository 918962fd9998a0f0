package holdfast.server.config;

import holdfast.catalog.CopyRow;
import holdfast.server.api.rucio.replicas.RedirectSubject;
import holdfast.server.api.rucio.rses.DistanceSubject;
import holdfast.server.api.rucio.rses.ProtocolSubject;
import holdfast.server.api.rucio.rses.RseSubject;
import holdfast.server.api.rucio.rses.TransferLimitSubject;
import holdfast.server.api.rucio.rses.UsageSubject;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.AccountUsage.Used;
import holdfast.server.catalog.Limits;
import holdfast.server.catalog.Rse;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StoragePath;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The part of Rucio's interface about storage elements. */
final class RucioStorage {
    private RucioStorage() {}

    static List<Subject> of(House house) {
        return List.of(
                new RseSubject(house.rses, house.rseChanges, house.permissions),
                new ProtocolSubject(
                        house.rses, house.rseProtocols, (rse, id) -> statedPath(house, rse, id), house.permissions),
                new DistanceSubject(house.rses, house.distances, house.permissions),
                new UsageSubject(house.rses, house.rseUsage, shares(house), house.permissions),
                new TransferLimitSubject(house.transferLimits, house.permissions),
                new RedirectSubject(house.replicas));
    }

    private static UsageSubject.Shares shares(House house) {
        return new UsageSubject.Shares() {
            @Override
            public SortedMap<AccountName, Used> at(Rse rse) {
                return house.database.read(connection -> house.usage.at(connection, rse.name()));
            }

            @Override
            public Optional<Long> limit(AccountName account, Rse rse) {
                return Optional.ofNullable(house.limits.local(account).get(rse.name()))
                        .filter(bytes -> bytes != Limits.UNLIMITED);
            }
        };
    }

    /** Where a copy lies, as its row says. */
    private static Optional<StoragePath> statedPath(House house, Rse rse, DataId id) {
        return house.database.read(connection -> house.holdings.find(connection, id)).stream()
                .flatMap(holding -> holding.copies().stream())
                .filter(copy -> copy.storage().equals(rse.name()))
                .map(CopyRow::path)
                .findFirst();
    }
}
