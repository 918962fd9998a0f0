package holdfast.server.work;

import holdfast.fixity.ListedBytes;
import holdfast.formats.dump.DumpHeader;
import holdfast.formats.dump.DumpHeader.Order;
import holdfast.formats.dump.DumpKind;
import holdfast.formats.dump.DumpWriter;
import holdfast.server.sql.RecordedCopies;
import holdfast.server.work.Workplace.Station;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes what the catalogue records of an element, and what the element lists, as dumps that can be compared elsewhere.
 * Rows go out as they come; memory does not grow with their number. What breaks off has no end line.
 */
public final class Dumps {
    private final Workplace place;
    private final RecordedCopies copies;

    public Dumps(Workplace place) {
        this.place = place;
        this.copies = new RecordedCopies(place.database(), place.words());
    }

    /** Whether the sites file in force names the element. */
    public boolean knows(StorageName element) {
        return place.inForce().get().sites().element(element).isPresent();
    }

    /** Whether a listing taken now may be believed: the element answers, was not silent, and is in no downtime. */
    public boolean isOpen(StorageName element) {
        return place.station(element)
                .filter(station -> place.isOpen(station, place.condition(element)))
                .isPresent();
    }

    /** Writes every copy recorded at the element, of any state, of one snapshot; the stream stays open. */
    public void catalogue(StorageName element, OutputStream out) throws IOException {
        DumpWriter dump = new DumpWriter(out, new DumpHeader(DumpKind.CATALOGUE, element, place.now(), Order.UNSORTED));
        copies.each(element, dump::write);
        dump.end();
    }

    /**
     * Writes what stands on the element, by a full listing; the stream stays open.
     *
     * @throws IOException when the listing did not come to an end that can be believed
     */
    public void listing(StorageName element, OutputStream out) throws IOException {
        Station station = place.station(element)
                .orElseThrow(() -> new IllegalArgumentException("nothing reaches an element " + element));
        DumpWriter dump = new DumpWriter(out, new DumpHeader(DumpKind.LISTING, element, place.now(), Order.UNSORTED));
        try {
            station.driver().list(file -> {
                try {
                    dump.write(new ListedBytes(file.path(), file.size(), Digests.NONE));
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            });
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        if (!station.answers()) {
            throw new IOException(element + " went away while it was listed");
        }
        dump.end();
    }
}
