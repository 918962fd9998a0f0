package holdfast.server.catalog;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An element as whoever reads or writes replicas needs it: worked out once, used for millions of them.
 *
 * @param doors how its files are read
 */
public record ReplicaPlace(Rse rse, UUID id, List<Door> doors) {

    public ReplicaPlace {
        doors = List.copyOf(doors);
    }

    /**
     * One way to read its files.
     *
     * @param root all that stands before a file's path, ending in a slash
     * @param lan how much it is preferred within the site, 1 is best; 0 where it does not serve there
     */
    public record Door(String scheme, String root, int lan, int wan) {}

    static ReplicaPlace of(Rse rse) {
        List<Door> doors = rse.protocols().stream()
                .map(p -> new Door(
                        p.scheme(),
                        p.root(),
                        p.priority(Domain.LAN, Operation.READ).orElse(0),
                        p.priority(Domain.WAN, Operation.READ).orElse(0)))
                .filter(door -> door.lan > 0 || door.wan > 0)
                .toList();
        return new ReplicaPlace(rse, rse.id(), doors);
    }

    public StorageName name() {
        return rse.name();
    }

    public boolean isTape() {
        return rse.type() == RseType.TAPE;
    }

    /** Clients of that site are in its local network. */
    Optional<String> site() {
        return rse.attribute("site");
    }

    /** Where a file lies by rule; empty where whoever brings it says so. */
    public Optional<StoragePath> path(DataId id) {
        return new PathsOf(rse).path(id);
    }

    /** Where an address points within this element; empty where it is no address of it. */
    public Optional<StoragePath> pathOf(String pfn) {
        return new PathsOf(rse).pathOf(pfn);
    }
}
