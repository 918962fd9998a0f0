package holdfast.retention;

import holdfast.journal.Micros;
import holdfast.storage.StorageDriver;
import holdfast.storage.StorageDriver.Removed;
import holdfast.storage.StorageDriver.Seen;
import holdfast.storage.StorageElement.Deletes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A site's own leave to remove one copy, and its only way to a driver's release. It rests on what the site knows: the keys of
 * signers on its own list, its own delay, its own clock. The house's word alone removes nothing.
 */
public final class SiteRemoval {
    private final Handed handed;

    private SiteRemoval(Handed handed) {
        this.handed = handed;
    }

    /** What the house says may go. */
    public record Handed(UUID act, DataId file, StorageName from, StoragePath path, ByteSize size, Instant until) {
        public Handed {
            until = Micros.cut(until);
        }
    }

    /**
     * What the site knows.
     *
     * @param elements its own, with its own rules
     * @param firstSeen when it first had this act signed; a house could date signatures back, as no signature covers its time
     */
    public record Known(Map<StorageName, Deletes> elements, List<Signer> signers, Instant firstSeen) {
        public Known {
            elements = Map.copyOf(elements);
            signers = List.copyOf(signers);
        }
    }

    /** Whether it goes. */
    public sealed interface Word {
        record Granted(SiteRemoval removal) implements Word {}

        record Refused(String why) implements Word {}
    }

    /** What became of it. */
    public sealed interface Outcome {
        record Gone(boolean byUs) implements Outcome {}

        record NotGone(String why) implements Outcome {}
    }

    /** Judges what was handed; the act is as the house sent it, and not believed. */
    public static Word judge(SignedAct act, Handed handed, Known known, Instant now) {
        return obstacle(act, handed, known, now)
                .<Word>map(Word.Refused::new)
                .orElseGet(() -> new Word.Granted(new SiteRemoval(handed)));
    }

    private static Optional<String> obstacle(SignedAct act, Handed handed, Known known, Instant now) {
        Deletes deletes = known.elements.get(handed.from);
        if (deletes == null || deletes.by() != Deletes.By.SITE) {
            return Optional.of(handed.from + " is no element of this site whose deletions are the site's");
        }
        boolean named = act.id().equals(handed.act)
                && act.act() instanceof Act.ReleaseCopies(StorageName from, List<DataId> files)
                && from.equals(handed.from)
                && files.contains(handed.file);
        if (!named) {
            return Optional.of("the act does not release a copy of " + handed.file + " at " + handed.from);
        }
        if (!isItsPath(handed)) {
            return Optional.of(handed.path + " is not where the rule of paths puts " + handed.file);
        }
        if (!isSigned(act, known.signers)) {
            return Optional.of("too few signatures over this very act are of signers on this site's own list");
        }
        Instant from = mayGoFrom(act, deletes, known.firstSeen);
        if (now.isBefore(from)) {
            return Optional.of("it stands until " + from + " by this site's own delay");
        }
        return now.isBefore(handed.until)
                ? Optional.empty()
                : Optional.of("the house's leave ended at " + handed.until + "; it is asked anew");
    }

    /** The undo window and the site's delay, from the later of what the house says and what the site saw. */
    public static Instant mayGoFrom(SignedAct act, Deletes deletes, Instant firstSeen) {
        Instant signed = act.since().isBefore(firstSeen) ? firstSeen : act.since();
        return signed.plus(SignedAct.UNDO_WINDOW).plus(deletes.after());
    }

    /** Whether as many different keys as the act needs signed it, of those on a list. */
    public static boolean isSigned(SignedAct act, List<Signer> signers) {
        long keys = act.signatures().stream()
                .flatMap(signature -> signers.stream()
                        .filter(signer -> signer.name().equals(signature.signer()))
                        .filter(signer -> signer.signed(act.statement(signer.name()), signature.value())))
                .map(Signer::key)
                .distinct()
                .count();
        return keys >= act.act().needed();
    }

    private static boolean isItsPath(Handed handed) {
        int writing = handed.path.writing();
        return Arrays.stream(Layout.values())
                .anyMatch(layout -> StoragePath.of(handed.file, layout, writing).equals(handed.path));
    }

    /** Removes the bytes, if as many stand there as were said. */
    public Outcome by(StorageDriver driver) {
        return switch (driver.look(handed.path)) {
            case Seen.Absent _ -> new Outcome.Gone(false);
            case Seen.Unreachable silent -> new Outcome.NotGone("not seen: " + silent.why());
            case Seen.Present there
            when !there.size().equals(handed.size) ->
                new Outcome.NotGone("%s has %d bytes there, and %d were said"
                        .formatted(handed.path, there.size().bytes(), handed.size.bytes()));
            case Seen.Present _ ->
                switch (driver.release(handed.path)) {
                    case Removed.Done _ -> new Outcome.Gone(true);
                    case Removed.Absent _ -> new Outcome.Gone(false);
                    case Removed.Unknown unknown -> new Outcome.NotGone("not known whether it went: " + unknown.why());
                };
        };
    }
}
