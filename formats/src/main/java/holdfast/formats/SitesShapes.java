package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.DATE;
import static holdfast.formats.Shape.Form.FLAG;
import static holdfast.formats.Shape.Form.ROWS;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

/** The keys of a sites file, table by table. */
final class SitesShapes {
    static final String VERSION_KEY = "holdfast-sites";

    static final Shape SITES = Shape.of(
            "the sites file",
            must(VERSION_KEY, COUNT, "1, the version of this language"),
            must("landing", TEXT, "the element at which new files arrive first"),
            may("clock", TABLE, "the clock that pages show beside UTC; UTC alone if absent"),
            must("elements", TABLE, "the storage elements, by name"),
            may("agreements", TABLE, "sharing agreements between sites, by name"),
            may("links", ROWS, "how many copies go between two elements at once; no limit of its own if absent"));

    static final Shape LINK = Shape.of(
            "a link",
            must("from", TEXT, "the element that copies are read from"),
            must("to", TEXT, "the element that copies are brought to"),
            must("copies", COUNT, "the most copies at once over all nodes; 0 where no copy goes straight"));

    static final Shape CLOCK = Shape.of(
            "the clock",
            must("zone", TEXT, "a time zone such as Europe/Rome"),
            may("name", TEXT, "what pages call it; the zone if absent"));

    static final Shape ELEMENT = Shape.of(
            "an element",
            must("site", TEXT, "the site that runs it"),
            may("region", TEXT, "the region it stands in; not known if absent"),
            may("hazard-zone", TEXT, "what one earthquake, flood or storm would hit together; not known if absent"),
            may("operator", TEXT, "who operates it; not known if absent"),
            may("medium", TEXT, "tape, archival-disk, object-archive, disk or cache; not known if absent"),
            may("use", TEXT, "in-use, read-only or left; in-use if absent"),
            may("drives", COUNT, "tape drives; with medium tape"),
            may("cartridges", COUNT, "tape cartridges; with medium tape"),
            may("copies-to", COUNT, "the most copies that come at once over all nodes; 500 if absent"),
            may("copies-from", COUNT, "the most copies that go out at once over all nodes; 1000 if absent"),
            may("hop", FLAG, "whether copies may come by way of it; with medium disk or cache; no if absent"),
            may("deletes", TABLE, "who removes bytes of signed releases, and how late; see below"),
            must("driver", TEXT, "the kind of driver that reaches it, such as posix or tape"),
            may("settings", TABLE, "the driver's own settings"));

    static final Shape DELETES = Shape.of(
            "the deletions of an element",
            may("by", TEXT, "house, or site: a process of its own with a credential of its own; house if absent"),
            may(
                    "after",
                    TEXT,
                    "how long after the undo window, such as 30 days; if absent 30 days on tape, archival-disk and"
                            + " object-archive, and 0 s elsewhere"));

    static final Shape AGREEMENT =
            Shape.of("an agreement", must("periods", ROWS, "its dated periods; none overlaps another"));

    static final Shape PERIOD = Shape.of(
            "a period",
            must("from", DATE, "the first day"),
            may("until", DATE, "the day after the last; open if absent"),
            must("shares", TABLE, "percent of the bytes by site; they sum to 100"),
            may("gap", TEXT, "why the shares sum to less than 100, such as a site that has left"),
            must("confirmed", FLAG, "whether whoever entered it saw the agreement's own text"),
            must("entered-by", TEXT, "the group or role that entered it"),
            must("entered-on", DATE, "the day it was entered"));

    private SitesShapes() {}
}
