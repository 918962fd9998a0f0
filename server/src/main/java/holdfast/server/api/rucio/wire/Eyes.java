package holdfast.server.api.rucio.wire;

import holdfast.access.Viewer;
import holdfast.vocabulary.Visible;

/**
 * Who somebody is to the plan, and what they may know of by that.
 *
 * @param sees what else there is, is for them as if it were not there
 */
public record Eyes(Viewer viewer, Visible sees) {}
