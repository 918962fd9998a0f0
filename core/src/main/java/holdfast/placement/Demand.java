package holdfast.placement;

import holdfast.vocabulary.Activity;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;

/**
 * A copy that is wanted: bring this file to this element.
 *
 * @param reason which duty wants it, for people
 * @param urgency counting copies the file has now; the fewest go first
 */
public record Demand(DataId file, StorageName to, String reason, int urgency, Activity activity) {
    /** For a clause. */
    public Demand(DataId file, StorageName to, String reason, int urgency) {
        this(file, to, reason, urgency, Activity.CUSTODY);
    }
}
