package holdfast.alarm;

import holdfast.alarm.News.Item;
import holdfast.alarm.News.State;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A message in words for people.
 *
 * @param subject one line without control characters
 * @param body plain text, a line of its own for each alarm
 */
public record Letter(String subject, String body) {
    private static final int LONGEST_SUBJECT = 160;

    public Letter {
        subject = cut(line(subject), LONGEST_SUBJECT);
    }

    /** What is said of some news. */
    public static Letter of(News news, String house) {
        String counts = Arrays.stream(State.values())
                .filter(s -> news.count(s) > 0)
                .map(s -> news.count(s) + " " + s.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String first = news.items().getFirst().alarm().sign().key().toString();
        StringBuilder body = new StringBuilder(house + ": " + counts + "\n");
        for (State state : State.values()) {
            part(body, state, news.items());
        }
        if (news.taken() > 0) {
            body.append("\nAlso standing, taken by somebody: ")
                    .append(news.taken())
                    .append('\n');
        }
        body.append("\nNames of files: holdfast failing CLAUSE, holdfast damage, holdfast shift report.\n")
                .append("Take an alarm: holdfast notify ack ID; it is said again until somebody does.\n");
        return new Letter("[" + house + "] " + first + ": " + counts, body.toString());
    }

    /** A sign of life. */
    public static Letter alive(String house, long standing, long taken) {
        String words = standing == 0
                ? "no alarm stands"
                : "%d %s, %d of them taken".formatted(standing, standing == 1 ? "alarm stands" : "alarms stand", taken);
        return new Letter(
                "[" + house + "] alive, " + words,
                house + " is alive; " + words
                        + ".\nWhen this stops coming, look after the house: it cannot tell you.\n");
    }

    /** A trial. */
    public static Letter trial(String house, String by) {
        return new Letter(
                "[" + house + "] a trial message",
                house + ": " + by + " asked for this message, to see that it arrives. Nothing is wrong.\n");
    }

    private static void part(StringBuilder body, State state, List<Item> items) {
        for (Item item : items) {
            if (item.state() == state) {
                Alarm alarm = item.alarm();
                body.append('\n')
                        .append(state)
                        .append("  ")
                        .append(alarm.sign().key())
                        .append('\n');
                body.append("  ").append(line(alarm.sign().words())).append(".\n");
                if (state != State.ENDED) {
                    body.append("  holdfast notify ack ").append(alarm.id()).append('\n');
                }
            }
        }
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
    }
}
