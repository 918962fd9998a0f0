package holdfast.server.config;

import holdfast.server.api.rucio.accounts.AccountSubject;
import holdfast.server.api.rucio.accounts.IdentitySubject;
import holdfast.server.api.rucio.accounts.LimitSubject;
import holdfast.server.api.rucio.accounts.ScopeSubject;
import holdfast.server.api.rucio.settings.ConfigSubject;
import holdfast.server.api.rucio.settings.ConventionSubject;
import holdfast.server.api.rucio.settings.ExchangeSubject;
import holdfast.server.api.rucio.settings.LifetimeSubject;
import holdfast.server.api.rucio.settings.OpenDataSubject;
import holdfast.server.api.rucio.settings.TraceSubject;
import holdfast.server.api.rucio.settings.WithoutSubject;
import holdfast.server.api.rucio.subscriptions.SubscriptionSubject;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.RseImport;
import holdfast.server.sql.AccessTable;
import holdfast.vocabulary.DataId;
import java.util.List;

/** The part of Rucio's interface about people, what is theirs, and what they keep. */
final class RucioPeople {
    private RucioPeople() {}

    static List<Subject> of(House house) {
        return List.of(
                new AccountSubject(
                        house.accounts,
                        house.permissions,
                        new AccountSubject.Keepers(
                                house.entrance.identities, house.entrance.mails, house.entrance.tokens)),
                new IdentitySubject(house.accounts, house.permissions, house.entrance.identities, house.clock),
                new ScopeSubject(house.accounts, house.scopes, house.permissions),
                new LimitSubject(house.accounts, house.rses, house.limits, house.permissions),
                new ConfigSubject(house.settings, house.permissions),
                new ConventionSubject(house.conventions, house.permissions),
                new SubscriptionSubject(house.subscriptions, house.ruleViews, house.permissions, house.clock),
                new LifetimeSubject(house.lifetimeExceptions, house.permissions),
                new OpenDataSubject(house.openData, house.collections, house.permissions),
                new ExchangeSubject(
                        house.rses,
                        house.distances,
                        new RseImport(
                                house.registry, house.rses, house.rseChanges, house.rseProtocols, house.distances),
                        house.permissions),
                new TraceSubject(names -> used(house, names)),
                new WithoutSubject());
    }

    private static void used(House house, List<DataId> names) {
        house.database.writeWork(connection -> {
            new AccessTable().note(connection, names, house.clock.now());
            return names.size();
        });
    }
}
