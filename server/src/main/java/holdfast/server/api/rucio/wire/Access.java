package holdfast.server.api.rucio.wire;

/**
 * A row of the table of who may call what.
 *
 * @param why in one word: {@code filtered} reads leave out what is hidden, {@code scoped} changes ask for the scope first,
 *     {@code permission} is asked for by the account, {@code whole} is a sum over everything
 */
public record Access(Who who, String why) {}
