package holdfast.server.catalog;

/** What an element is made of, as clients tell it apart. */
public enum RseType {
    DISK,
    TAPE
}
