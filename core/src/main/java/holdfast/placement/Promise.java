package holdfast.placement;

import holdfast.vocabulary.StorageName;

/**
 * A rule's word that a file has a copy at an element.
 *
 * @param why which rule of whom, for people
 */
public record Promise(StorageName at, String why) {}
