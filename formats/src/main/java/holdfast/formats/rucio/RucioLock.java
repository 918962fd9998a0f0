package holdfast.formats.rucio;

/**
 * A rule holds a file, or a whole dataset, at an element.
 *
 * @param rule the rule's id, 32 hex digits
 * @param type {@code FILE} or {@code DATASET}
 */
public record RucioLock(String rule, String scope, String name, String type, String rse) {}
