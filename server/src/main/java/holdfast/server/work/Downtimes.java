package holdfast.server.work;

import holdfast.journal.Journal.Appended;
import holdfast.plan.Sites;
import holdfast.server.sql.Entries;
import holdfast.storage.Downtime;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.TreeSet;

/** Declares downtimes: for a while the elements of a site are unreachable on purpose. */
public final class Downtimes {
    private final Workplace place;
    private final ConditionBook book;
    private final Entries entries;

    public Downtimes(Workplace place) {
        this.place = place;
        this.book = new ConditionBook(place);
        this.entries = new Entries(place.database());
    }

    /** What became of a declaration. */
    public sealed interface Declared {
        /**
         * It holds for these elements.
         *
         * @param dryRun nothing was recorded: so it would be
         */
        record Done(List<StorageName> elements, boolean dryRun) implements Declared {}

        /** Nothing was recorded. */
        record Refused(String why) implements Declared {}

        /** The database did not answer: look whether it stands there. */
        record Unknown(String why) implements Declared {}
    }

    /** Declares a downtime for all elements of its site. */
    public Declared declare(Downtime downtime, Actor actor, boolean dryRun) {
        Sites sites = place.inForce().get().sites();
        List<StorageName> elements = sites.all().stream()
                .filter(element -> element.site().equals(downtime.site()))
                .map(StorageElement::name)
                .toList();
        if (elements.isEmpty()) {
            return new Declared.Refused("the sites file names no site %s: choose one of %s"
                    .formatted(downtime.site(), new TreeSet<>(sites.names())));
        }
        if (downtime.reason().isBlank()) {
            return new Declared.Refused("a downtime needs a reason, in words for people");
        }
        if (!downtime.until().isAfter(place.now())) {
            return new Declared.Refused(
                    "the downtime ended %s already: give an end that is to come".formatted(downtime.until()));
        }
        return dryRun ? new Declared.Done(elements, true) : record(downtime, elements, actor);
    }

    private Declared record(Downtime downtime, List<StorageName> elements, Actor actor) {
        Appended appended = book.change(
                actor,
                Cause.DOWNTIME_DECLARED,
                elements,
                before -> before.downtimes().contains(downtime) ? before : before.withDowntime(downtime));
        return switch (appended) {
            case Appended.Done _ -> new Declared.Done(elements, false);
            case Appended.Refused _ -> new Declared.Refused("this very downtime is declared already");
            case Appended.Unknown unknown ->
                entries.has(unknown.entry()) ? new Declared.Done(elements, false) : new Declared.Unknown(unknown.why());
        };
    }
}
