package holdfast.server.erase;

import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.retention.SiteRemoval;
import holdfast.retention.SiteRemoval.Handed;
import holdfast.retention.SiteRemoval.Known;
import holdfast.retention.SiteRemoval.Outcome;
import holdfast.retention.SiteRemoval.Word;
import holdfast.server.erase.HouseDoor.Answer;
import holdfast.server.erase.HouseDoor.Waiting;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One site's removals, round by round. */
final class Eraser {
    private final HouseDoor house;
    private final Site site;
    private final Book book;
    private final Clock clock;
    private final Consumer<String> tell;

    /** What the site has: its elements and whose signatures count here. */
    record Site(Map<StorageName, Deletes> elements, Map<StorageName, StorageDriver> drivers, List<Signer> signers) {
        Site {
            elements = Map.copyOf(elements);
            drivers = Map.copyOf(drivers);
            signers = List.copyOf(signers);
        }
    }

    /** What a round did. */
    record Round(int removed, int refused, int standing) {
        boolean isWhole() {
            return refused == 0 && standing == 0;
        }
    }

    /** An act that the house sent, and since when it is seen signed by this site's own list; empty where it is not. */
    private record Seen(SignedAct act, Optional<Instant> since) {}

    private enum Done {
        REMOVED,
        REFUSED,
        STANDS,
        NOT_DUE
    }

    Eraser(HouseDoor house, Site site, Book book, Clock clock, Consumer<String> tell) {
        this.house = house;
        this.site = site;
        this.book = book;
        this.clock = clock;
        this.tell = tell;
    }

    /** Looks at all that waits and removes what is due. */
    Round round() throws IOException {
        Map<UUID, Seen> acts = new HashMap<>();
        Map<Done, Integer> done = new EnumMap<>(Done.class);
        for (Waiting waiting : house.waiting()) {
            @Nullable Seen seen = acts.get(waiting.act());
            if (seen == null) {
                seen = seen(house.act(waiting.act()));
                acts.put(waiting.act(), seen);
            }
            done.merge(one(waiting, seen), 1, Integer::sum);
        }
        return new Round(
                done.getOrDefault(Done.REMOVED, 0),
                done.getOrDefault(Done.REFUSED, 0),
                done.getOrDefault(Done.STANDS, 0));
    }

    private Seen seen(SignedAct act) throws IOException {
        if (!SiteRemoval.isSigned(act, site.signers)) {
            return new Seen(act, Optional.empty());
        }
        return new Seen(act, Optional.of(book.seen(name(act), clock.instant())));
    }

    /** The digest belongs to it: the same id over another list is another act. */
    private static String name(SignedAct act) {
        return act.id() + " sha256 " + act.act().digest().hex();
    }

    private Done one(Waiting waiting, Seen seen) throws IOException {
        @Nullable Deletes deletes = site.elements.get(waiting.from());
        if (deletes == null) {
            return refused(
                    waiting, seen, waiting.from() + " is no element of this site whose deletions are the site's");
        }
        if (seen.since.isEmpty()) {
            return refused(
                    waiting, seen, "too few signatures over this very act are of signers on this site's own list");
        }
        Instant now = clock.instant();
        Instant own = SiteRemoval.mayGoFrom(seen.act, deletes, seen.since.get());
        if (now.isBefore(own) || now.isBefore(waiting.mayGoFrom())) {
            return Done.NOT_DUE;
        }
        Answer<Handed> leave = house.leave(waiting.act(), waiting.file());
        if (leave.value().isEmpty()) {
            tell.accept("the house gives no leave for %s: %s".formatted(waiting.file(), leave.why()));
            return Done.STANDS;
        }
        return handed(waiting, seen, seen.since.get(), leave.value().get());
    }

    private Done handed(Waiting waiting, Seen seen, Instant since, Handed handed) throws IOException {
        if (!handed.file().equals(waiting.file()) || !handed.from().equals(waiting.from())) {
            return refused(waiting, seen, "the house handed another copy than was asked for");
        }
        Known known = new Known(site.elements, site.signers, since);
        return switch (SiteRemoval.judge(seen.act, handed, known, clock.instant())) {
            case Word.Refused no -> refused(waiting, seen, no.why());
            case Word.Granted granted -> remove(granted.removal(), handed, seen.act);
        };
    }

    private Done remove(SiteRemoval removal, Handed handed, SignedAct act) throws IOException {
        @Nullable StorageDriver driver = site.drivers.get(handed.from());
        Optional<String> copy = Optional.of(handed.file() + " at " + handed.from() + "/" + handed.path());
        if (driver == null) {
            tell.accept(handed.from() + " does not answer");
            return Done.STANDS;
        }
        // Before the bytes go: a crash leaves a line too many, never one too few.
        book.write(clock.instant(), "removing", name(act), copy, "");
        return switch (removal.by(driver)) {
            case Outcome.Gone gone -> {
                book.write(clock.instant(), gone.byUs() ? "removed" : "absent", name(act), copy, "");
                boolean agrees = house.look(handed.act(), handed.file());
                if (!agrees) {
                    tell.accept("the house does not see yet that %s has gone".formatted(handed.file()));
                }
                yield agrees ? Done.REMOVED : Done.STANDS;
            }
            case Outcome.NotGone not -> {
                book.write(clock.instant(), "stands", name(act), copy, not.why());
                tell.accept("%s stands: %s".formatted(handed.file(), not.why()));
                yield Done.STANDS;
            }
        };
    }

    private Done refused(Waiting waiting, Seen seen, String why) throws IOException {
        String copy = waiting.file() + " at " + waiting.from();
        book.write(clock.instant(), "refused", name(seen.act), Optional.of(copy), why);
        tell.accept("refused: %s: %s".formatted(copy, why));
        return Done.REFUSED;
    }
}
