package holdfast.server.config;

import holdfast.server.adoption.AdoptedCollections;
import holdfast.server.adoption.AdoptedContents;
import holdfast.server.adoption.AdoptedFiles;
import holdfast.server.adoption.AdoptedLocks;
import holdfast.server.adoption.AdoptedRses;
import holdfast.server.adoption.AdoptedRules;
import holdfast.server.adoption.AdoptedScopes;
import holdfast.server.adoption.Adopting;
import holdfast.server.adoption.AdoptionStatus;
import holdfast.server.sql.AdoptedSums;
import holdfast.vocabulary.Scope;
import java.util.function.Predicate;

/** The part of the house that takes over what another Rucio knows. */
final class Takeover {
    private Takeover() {}

    static Adopting into(House house, Predicate<Scope> isThere) {
        return new Adopting(
                new AdoptedScopes(
                        new AdoptedScopes.Desk(
                                house.registry,
                                house.words,
                                house.accounts,
                                house.entrance.mails,
                                house.scopes,
                                house.scopeModes,
                                house.clock),
                        new AdoptedRses(house.rses, house.rseChanges, house.rseProtocols)),
                new AdoptedFiles(new AdoptedFiles.Desk(
                        house.words,
                        house.journal,
                        house.holdings,
                        house.clock,
                        house.adoption,
                        isThere,
                        house.replicas.places())),
                new AdoptedCollections(house.words, house.journal, house.clock, house.adoption),
                new AdoptedContents(house.words, house.journal),
                new AdoptedRules(house.words, house.journal, house.clock),
                new AdoptedLocks(house.words, house.journal, house.replicas.places()),
                new AdoptionStatus(house.database, house.scopeModes, new AdoptedSums(house.words)));
    }
}
