package holdfast.server.config;

import holdfast.server.api.rucio.replicas.DatasetReplicaSubject;
import holdfast.server.api.rucio.replicas.DoubtSubject;
import holdfast.server.api.rucio.replicas.PathFilesSubject;
import holdfast.server.api.rucio.replicas.ReplicaSubject;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Doubts;
import holdfast.server.catalog.PathFiles;
import java.util.List;

/** The part of Rucio's interface about copies. */
final class RucioReplicas {
    private RucioReplicas() {}

    static List<Subject> of(House house) {
        return List.of(
                new ReplicaSubject(house.replicas, house.permissions, house.people.viewers),
                new DoubtSubject(
                        new Doubts(house.replicas), house.replicas.places(), house.permissions, house.people.viewers),
                new DatasetReplicaSubject(house.replicas, house.replicas.names()),
                new PathFilesSubject(
                        new PathFiles(house.replicas, house.collections, house.ruleBook, house.rses),
                        house.replicas.places(),
                        house.permissions,
                        house.settings,
                        house.people.viewers));
    }
}
