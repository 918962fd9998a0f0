package holdfast.alarm;

import holdfast.alarm.News.Item;
import holdfast.alarm.News.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Decides which alarms begin and end, and what is said now. Goals: nothing new stays unsaid longer than a pause; nothing
 * that nobody took is forgotten; a flood is one message; an acknowledgement covers what was known when it was given and
 * nothing that came later. Pure: the caller keeps what this answers, and only then says it.
 */
public final class AlarmBook {
    private final Rules rules;
    private final Instant now;
    private final Optional<Instant> lastMessage;
    private final Supplier<UUID> ids;

    /** @param lastMessage when something was last said; empty when nothing ever was */
    public AlarmBook(Rules rules, Instant now, Optional<Instant> lastMessage, Supplier<UUID> ids) {
        this.rules = rules;
        this.now = now;
        this.lastMessage = lastMessage;
        this.ids = ids;
    }

    /**
     * One look.
     *
     * @param alarms all of them as they are now, those that need no row any more left out of none
     * @param news what is to be said now; empty when there is nothing, or the pause is not over
     */
    public record Turn(List<Alarm> alarms, Optional<News> news) {
        public Turn {
            alarms = List.copyOf(alarms);
        }
    }

    /**
     * Compares what stands with what is known.
     *
     * @param known alarms that stand, and those that ended and whose end was not said
     * @param someoneListens whether what is said would reach anybody; otherwise all stays unsaid
     */
    public Turn turn(List<Alarm> known, List<Sign> standing, boolean someoneListens) {
        List<Alarm> alarms = match(known, standing);
        boolean early =
                lastMessage.map(m -> now.isBefore(m.plus(rules.pause()))).orElse(false);
        if (early || !someoneListens || alarms.stream().noneMatch(a -> state(a).isPresent())) {
            return new Turn(alarms, Optional.empty());
        }
        return say(alarms);
    }

    private List<Alarm> match(List<Alarm> known, List<Sign> standing) {
        Map<Sign.Key, Sign> signs = new HashMap<>();
        standing.forEach(s -> signs.put(s.key(), s));
        Set<Sign.Key> matched = new HashSet<>();
        List<Alarm> alarms = new ArrayList<>();
        for (Alarm alarm : known) {
            Sign sign = alarm.stands() ? signs.get(alarm.sign().key()) : null;
            if (sign != null) {
                matched.add(sign.key());
                alarms.add(alarm.seen(sign));
            } else {
                alarms.add(alarm.stands() ? alarm.end(now) : alarm);
            }
        }
        standing.stream()
                .filter(s -> !matched.contains(s.key()))
                .forEach(s -> alarms.add(Alarm.begin(ids.get(), s, now)));
        return alarms;
    }

    /** Everything that nobody took is said together, so that it is also repeated together. */
    private Turn say(List<Alarm> alarms) {
        List<Alarm> after = new ArrayList<>(alarms.size());
        List<Item> items = new ArrayList<>();
        long taken = 0;
        for (Alarm alarm : alarms) {
            Optional<State> state = state(alarm)
                    .or(() -> Optional.of(State.STILL).filter(s -> alarm.stands() && !alarm.isCovered(now)));
            taken += state.isEmpty() && alarm.stands() ? 1 : 0;
            state.ifPresent(s -> items.add(new Item(s, alarm)));
            after.add(state.isPresent() ? alarm.tell(now) : alarm);
        }
        return new Turn(after, Optional.of(new News(items, taken, now)));
    }

    /** Why an alarm must be said now; empty when it need not be. */
    private Optional<State> state(Alarm alarm) {
        if (!alarm.stands()) {
            return alarm.span().endTold() ? Optional.empty() : Optional.of(State.ENDED);
        }
        if (alarm.told().isEmpty()) {
            return alarm.isCovered(now) ? Optional.empty() : Optional.of(State.NEW);
        }
        if (alarm.isCovered(now)) {
            return Optional.empty();
        }
        Alarm.Told told = alarm.told().get();
        Instant last = last(alarm, told);
        long size = lastSize(alarm, told);
        boolean more = alarm.sign().size() > size || alarm.sign().latest().isAfter(last);
        if (alarm.sign().size() >= 2 * size && alarm.sign().size() > size) {
            return Optional.of(State.WORSE);
        }
        boolean due = !now.isBefore(last.plus(rules.repeat())) || hasRunOut(alarm, told);
        return due ? Optional.of(more ? State.WORSE : State.STILL) : Optional.empty();
    }

    /** The last moment at which a person knew of it. */
    private static Instant last(Alarm alarm, Alarm.Told told) {
        return alarm.acknowledged()
                .map(Alarm.Acknowledged::at)
                .filter(a -> a.isAfter(told.at()))
                .orElse(told.at());
    }

    private static long lastSize(Alarm alarm, Alarm.Told told) {
        return alarm.acknowledged()
                .filter(a -> a.at().isAfter(told.at()))
                .map(Alarm.Acknowledged::size)
                .orElse(told.size());
    }

    /** An acknowledgement with an end that has passed since it was last said. */
    private boolean hasRunOut(Alarm alarm, Alarm.Told told) {
        return alarm.acknowledged()
                .flatMap(Alarm.Acknowledged::until)
                .filter(u -> !now.isBefore(u) && u.isAfter(told.at()))
                .isPresent();
    }
}
