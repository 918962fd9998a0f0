package holdfast.server.alarm;

import holdfast.alarm.Channel;
import holdfast.server.sql.MessageTable.Message;

/** Brings one message to one channel; blocks until it is taken, refused, or not known. */
public interface Post {
    Posted send(Channel channel, Message message);

    /** What became of it. What failed or is not known is sent again, with the same id. */
    sealed interface Posted {
        record Taken() implements Posted {}

        /** @param why names no secret */
        record Failed(String why) implements Posted {}
    }
}
