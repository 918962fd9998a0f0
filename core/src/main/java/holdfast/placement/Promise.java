package holdfast.placement;

import holdfast.vocabulary.Activity;
import holdfast.vocabulary.StorageName;

/**
 * A rule's word that a file has a copy at an element.
 *
 * @param why which rule of whom, for people
 */
public record Promise(StorageName at, String why, Activity activity) {
    /** Of a rule that names no activity. */
    public Promise(StorageName at, String why) {
        this(at, why, Activity.USUAL);
    }
}
