package holdfast.server.config;

import holdfast.server.api.rucio.accounts.AccountSubject;
import holdfast.server.api.rucio.accounts.IdentitySubject;
import holdfast.server.api.rucio.accounts.LimitSubject;
import holdfast.server.api.rucio.accounts.ScopeSubject;
import holdfast.server.api.rucio.settings.ConfigSubject;
import holdfast.server.api.rucio.settings.ConventionSubject;
import holdfast.server.api.rucio.settings.WithoutSubject;
import holdfast.server.api.rucio.subscriptions.SubscriptionSubject;
import holdfast.server.api.rucio.wire.Subject;
import java.util.List;

/** The part of Rucio's interface about people, what is theirs, and what they keep. */
final class RucioPeople {
    private RucioPeople() {}

    static List<Subject> of(House house) {
        return List.of(
                new AccountSubject(
                        house.accounts,
                        house.permissions,
                        new AccountSubject.Keepers(house.identities, house.mails, house.tokens)),
                new IdentitySubject(house.accounts, house.permissions, house.identities, house.clock),
                new ScopeSubject(house.accounts, house.scopes, house.permissions),
                new LimitSubject(house.accounts, house.rses, house.limits, house.permissions),
                new ConfigSubject(house.settings, house.permissions),
                new ConventionSubject(house.conventions, house.permissions),
                new SubscriptionSubject(house.subscriptions, house.ruleViews, house.permissions, house.clock),
                new WithoutSubject());
    }
}
