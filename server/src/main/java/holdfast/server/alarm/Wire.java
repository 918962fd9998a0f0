package holdfast.server.alarm;

import holdfast.alarm.Alarm;
import holdfast.alarm.Letter;
import holdfast.alarm.News;
import holdfast.formats.Json;
import holdfast.server.sql.MessageTable.Message;
import holdfast.server.sql.MessageTable.Occasion;
import holdfast.server.sql.MessageTable.Text;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What programs get of a message: the body of a webhook's POST.
 *
 * @param id the same in every repetition of one message
 * @param occasion NEWS, ALIVE or TRIAL
 * @param words the subject that people get
 */
record Wire(String id, Instant at, String house, String occasion, String words, List<Said> alarms) {

    /** One alarm of the news; {@code state} is NEW, WORSE, STILL or ENDED. */
    record Said(
            String id,
            String kind,
            String about,
            String state,
            Instant since,
            @Nullable Instant ended,
            long size,
            String words) {}

    static Message news(UUID id, News news, String house) {
        List<Said> alarms = news.items().stream().map(Wire::said).toList();
        return message(id, news.at(), Occasion.NEWS, house, Letter.of(news, house), alarms);
    }

    static Message alive(UUID id, Instant at, String house, List<Alarm> standing) {
        long taken = standing.stream().filter(a -> a.isCovered(at)).count();
        return message(id, at, Occasion.ALIVE, house, Letter.alive(house, standing.size(), taken), List.of());
    }

    static Message trial(UUID id, Instant at, String house, String by) {
        return message(id, at, Occasion.TRIAL, house, Letter.trial(house, by), List.of());
    }

    private static Message message(
            UUID id, Instant at, Occasion occasion, String house, Letter letter, List<Said> alarms) {
        Wire wire = new Wire(id.toString(), at, house, occasion.name(), letter.subject(), alarms);
        return new Message(id, at, occasion, new Text(letter.subject(), letter.body(), Json.line(wire)));
    }

    private static Said said(News.Item item) {
        Alarm a = item.alarm();
        return new Said(
                a.id().toString(),
                a.sign().key().kind().name(),
                a.sign().key().about(),
                item.state().name(),
                a.span().began(),
                a.span().ended().orElse(null),
                a.sign().size(),
                a.sign().words());
    }
}
