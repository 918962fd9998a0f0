package holdfast.server.adoption;

import holdfast.ingest.NamingPolicy;
import holdfast.plan.Attributes;
import holdfast.server.adoption.AdoptedFile.AdoptedCopy;
import holdfast.server.adoption.FileSaid.CopySaid;
import holdfast.server.catalog.Doubts;
import holdfast.server.catalog.FileMeta;
import holdfast.server.catalog.Places;
import holdfast.server.catalog.ReplicaPlace;
import holdfast.server.catalog.ReplicaState;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts a batch of the other server's files into this house's words; what has no word here becomes a conflict. */
final class FileReading {
    /** A copy of which nothing is said. */
    static final char NO_MARK = ' ';

    private static final Set<Character> NO_COPIES =
            Set.of(ReplicaState.COPYING.letter(), ReplicaState.BEING_DELETED.letter());

    private final NamingPolicy naming;
    private final Predicate<Scope> scopes;
    private final Places places;
    private final Instant now;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Map<String, Optional<ReplicaPlace>> known = new HashMap<>();
    private long left;

    FileReading(NamingPolicy naming, Predicate<Scope> scopes, Places places, Instant now) {
        this.naming = naming;
        this.scopes = scopes;
        this.places = places;
        this.now = now;
    }

    /** What could not be taken, so far. */
    List<Conflict> conflicts() {
        return conflicts;
    }

    /** How many copies of what was read are no copies, or cannot be ones here. */
    long left() {
        return left;
    }

    Optional<AdoptedFile> read(FileSaid said) {
        try {
            DataId id = new DataId(new Scope(said.scope()), said.name());
            if (naming.name(id.name(), Optional.of(id.scope()), scopes) instanceof NamingPolicy.Named.Refused refused) {
                return leave(said, "name", String.join("; ", refused.reasons()), said.name());
            }
            if (said.bytes() == null || said.bytes() < 0) {
                return leave(said, "bytes", "a file has a number of bytes from 0 up", String.valueOf(said.bytes()));
            }
            return Optional.of(new AdoptedFile(
                    id,
                    id.key(),
                    new ByteSize(said.bytes()),
                    digests(said),
                    attributes(said),
                    account(said),
                    before(said.created()),
                    copies(id, said)));
        } catch (BadWord bad) {
            return leave(said, "name", String.valueOf(bad.getMessage()), said.scope() + ":" + said.name());
        }
    }

    private Optional<AdoptedFile> leave(FileSaid said, String what, String here, String there) {
        left += said.copies() == null ? 0 : said.copies().size();
        conflict(said, what, here, there);
        return Optional.empty();
    }

    private void conflict(FileSaid said, String what, String here, String there) {
        conflicts.add(new Conflict(said.scope(), said.name(), what, here, there));
    }

    private Instant before(@Nullable Instant said) {
        return said == null || said.isAfter(now) ? now : said;
    }

    private Digests digests(FileSaid said) {
        Digests digests = Digests.NONE;
        digests = with(digests, said, Algorithm.ADLER32, said.adler32());
        return with(digests, said, Algorithm.MD5, said.md5());
    }

    /** A digest that is none is left out and told: the file is taken over without it. */
    private Digests with(Digests digests, FileSaid said, Algorithm algorithm, @Nullable String hex) {
        if (hex == null || hex.isEmpty()) {
            return digests;
        }
        try {
            return digests.with(new Digest(algorithm, hex));
        } catch (BadWord bad) {
            conflict(said, algorithm == Algorithm.MD5 ? "md5" : "adler32", String.valueOf(bad.getMessage()), hex);
            return digests;
        }
    }

    private Attributes attributes(FileSaid said) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        if (said.metadata() instanceof ObjectNode object) {
            all.setAll(object);
        }
        if (said.guid() != null && !said.guid().isEmpty()) {
            all.put("guid", said.guid());
        }
        return FileMeta.attributes(SoundMetadata.of(all, (why, what) -> conflict(said, "metadata", why, what)));
    }

    private String account(FileSaid said) {
        if (said.account() == null) {
            return AccountName.ROOT.name();
        }
        if (!AccountName.isOne(said.account())) {
            conflict(said, "account", "no account can be called so; root has it", said.account());
            return AccountName.ROOT.name();
        }
        return said.account();
    }

    private List<AdoptedCopy> copies(DataId id, FileSaid said) {
        Map<StorageName, AdoptedCopy> copies = new LinkedHashMap<>();
        for (CopySaid copy : said.copies() == null ? List.<CopySaid>of() : said.copies()) {
            copy(id, said, copy).ifPresentOrElse(c -> copies.putIfAbsent(c.at(), c), () -> left++);
        }
        return List.copyOf(copies.values());
    }

    private Optional<AdoptedCopy> copy(DataId id, FileSaid said, CopySaid copy) {
        Optional<Character> mark = mark(copy);
        if (mark.isEmpty()) {
            conflict(said, "state", "there is no such state of a copy", copy.rse() + ": " + copy.state());
            return Optional.empty();
        }
        if (NO_COPIES.contains(mark.get())) {
            return Optional.empty();
        }
        Optional<ReplicaPlace> place = known.computeIfAbsent(copy.rse(), this::place);
        if (place.isEmpty()) {
            conflict(said, "rse", "neither the sites file nor the catalogue knows the element", copy.rse());
            return Optional.empty();
        }
        return path(id, place.get(), copy.path())
                .or(() -> {
                    conflict(said, "path", "no path follows from the name at " + copy.rse(), "" + copy.path());
                    return Optional.empty();
                })
                .map(path -> new AdoptedCopy(place.get().name(), path, mark.get(), before(copy.created())));
    }

    /** What is said of the copy beside that it is there; empty for a word that means nothing here. */
    private static Optional<Character> mark(CopySaid copy) {
        String word = copy.state() == null ? ReplicaState.AVAILABLE.name() : copy.state();
        return word.equals("SUSPICIOUS") || word.equals("S")
                ? Optional.of(Doubts.SUSPICIOUS)
                : ReplicaState.of(word).map(state -> state == ReplicaState.AVAILABLE ? NO_MARK : state.letter());
    }

    private Optional<ReplicaPlace> place(String rse) {
        try {
            return places.find(new StorageName(rse));
        } catch (BadWord bad) {
            return Optional.empty();
        }
    }

    /** Where the other server says the bytes are; where it says nothing, by the element's own rule. */
    private static Optional<StoragePath> path(DataId id, ReplicaPlace place, @Nullable String said) {
        if (said == null || said.isEmpty()) {
            return place.path(id);
        }
        if (said.contains("://")) {
            return place.pathOf(said);
        }
        try {
            return Optional.of(new StoragePath(said.replaceFirst("^/+", "")));
        } catch (BadWord bad) {
            return Optional.empty();
        }
    }
}
