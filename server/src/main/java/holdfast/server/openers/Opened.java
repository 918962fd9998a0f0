package holdfast.server.openers;

import java.util.OptionalLong;

/** What a program made of a file. */
public sealed interface Opened {
    /** It ended well. @param events how many events it counted; empty when it printed no number */
    record Opens(OptionalLong events) implements Opened {}

    /** It said that the file is none that it can open, or found another number of events. */
    record Fails(String seen) implements Opened {}

    /** It did not come to an answer about the file. */
    record NotKnown(String why) implements Opened {}
}
