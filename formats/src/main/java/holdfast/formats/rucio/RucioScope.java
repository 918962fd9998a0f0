package holdfast.formats.rucio;

/** A scope and whose it is. */
public record RucioScope(String name, String owner) {}
