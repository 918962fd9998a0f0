package holdfast.server.config;

import holdfast.server.api.rucio.dids.Bringing;
import holdfast.server.api.rucio.dids.ContentSubject;
import holdfast.server.api.rucio.dids.DidGate;
import holdfast.server.api.rucio.dids.DidSubject;
import holdfast.server.api.rucio.dids.MetaSubject;
import holdfast.server.api.rucio.dids.SampleSubject;
import holdfast.server.api.rucio.dids.SearchSubject;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.ContentHistory;
import java.util.List;

/** What answers for files, datasets and containers. */
final class RucioDids {
    private RucioDids() {}

    static List<Subject> of(House house) {
        DidGate gate = new DidGate(house.permissions, house.scopes, house.people.viewers);
        Bringing bringing =
                new Bringing(house.replicas, house.ruleBook, house.permissions, house.accounts, house.clock);
        return List.of(
                new DidSubject(house.collections, new ContentHistory(house.entries)),
                new SearchSubject(house.collections, house.scopes),
                new ContentSubject(house.collections, gate, bringing),
                new MetaSubject(house.collections, gate),
                new SampleSubject(house.collections, gate));
    }
}
