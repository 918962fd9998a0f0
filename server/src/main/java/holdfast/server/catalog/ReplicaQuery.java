package holdfast.server.catalog;

import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which files to list, with which of their copies.
 *
 * @param schemes those of the addresses; all where it is empty
 * @param within elements of which copies are listed; all where it is empty
 * @param site of the client: elements there are reached by their local network
 */
public record ReplicaQuery(
        List<DataId> dids,
        Set<String> schemes,
        Optional<Set<StorageName>> within,
        Network network,
        Optional<String> site,
        States states,
        Picked picked,
        Beside beside) {

    public ReplicaQuery {
        dids = List.copyOf(dids);
        schemes = Set.copyOf(schemes);
    }

    /** By which network copies are reached. */
    public enum Network {
        LAN,
        WAN,
        BOTH,
        /** The local one within the client's site, the wide one elsewhere. */
        BY_SITE
    }

    /**
     * Copies of which states are listed.
     *
     * @param all not only available ones
     * @param unreadableToo also at elements that may not be read now
     * @param since only those that took their state then or later
     */
    public record States(boolean all, boolean unreadableToo, Optional<Instant> since) {
        public static final States AVAILABLE = new States(false, false, Optional.empty());
    }

    /**
     * How much of it.
     *
     * @param files so many at random; all where it is empty
     * @param addresses at most so many of each file
     * @param shuffled whether addresses come in random order
     */
    public record Picked(OptionalInt files, OptionalInt addresses, boolean shuffled) {
        public static final Picked ALL = new Picked(OptionalInt.empty(), OptionalInt.empty(), false);
    }

    /**
     * What else is listed of each file.
     *
     * @param parents the names of the collections that hold it
     * @param archives copies of the archives that hold it
     */
    public record Beside(boolean parents, boolean archives) {
        public static final Beside ARCHIVES = new Beside(false, true);
    }

    /** Everything that is available of some files and collections. */
    public static ReplicaQuery of(List<DataId> dids) {
        return new ReplicaQuery(
                dids,
                Set.of(),
                Optional.empty(),
                Network.BY_SITE,
                Optional.empty(),
                States.AVAILABLE,
                Picked.ALL,
                Beside.ARCHIVES);
    }
}
