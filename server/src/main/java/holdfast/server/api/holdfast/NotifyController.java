package holdfast.server.api.holdfast;

import holdfast.alarm.Alarm;
import holdfast.alarm.Alarm.Acknowledged;
import holdfast.alarm.Alarm.Told;
import holdfast.server.alarm.Notices;
import holdfast.server.alarm.Notices.Board;
import holdfast.server.alarm.Notices.Taken;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.MessageTable.Delivery;
import holdfast.vocabulary.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Alarms and messages: to see them, to take an alarm, to try the channels. */
@RestController
@RequestMapping("/api/alarms")
class NotifyController {
    private static final Pattern ID = Pattern.compile("[0-9a-f][0-9a-f-]{3,35}");

    private final Notices notices;
    private final HouseClock clock;

    NotifyController(Notices notices, HouseClock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** What stands, what ended last, and what became of the last messages. */
    record Said(Instant at, List<String> channels, List<AlarmSaid> alarms, List<DeliverySaid> deliveries) {}

    record AlarmSaid(
            String id,
            String kind,
            String about,
            String words,
            long size,
            Instant began,
            @Nullable Instant ended,
            @Nullable Instant told,
            @Nullable AcknowledgedSaid acknowledged) {}

    /** @param covers whether it covers all that the alarm is now, and has not run out */
    record AcknowledgedSaid(String by, Instant at, @Nullable Instant until, boolean covers) {}

    record DeliverySaid(
            String message,
            String occasion,
            String subject,
            Instant at,
            String channel,
            int attempts,
            @Nullable Instant delivered,
            @Nullable Instant nextTry,
            @Nullable String problem) {}

    /** @param by who takes it, as they say; recorded beside the alarm */
    record Taking(String by, @Nullable Instant until) {}

    record Trial(String message, List<String> channels) {}

    record Trying(String by) {}

    @GetMapping
    Said alarms() {
        Board board = notices.board();
        return new Said(
                board.at(),
                board.channels(),
                board.alarms().stream().map(a -> said(a, board.at())).toList(),
                board.deliveries().stream().map(NotifyController::said).toList());
    }

    @PostMapping("/{id}/acknowledge")
    AlarmSaid acknowledge(@PathVariable String id, @RequestBody Taking taking) {
        if (!ID.matcher(id).matches()) {
            throw new Problem.Told(
                    Problem.BAD_REQUEST,
                    "'" + id
                            + "' is no id of an alarm; give it, or its first 4 characters or more, as notify list shows");
        }
        Instant now = clock.now();
        Optional<Instant> until = Optional.ofNullable(taking.until);
        if (until.filter(u -> !u.isAfter(now)).isPresent()) {
            throw new Problem.Told(Problem.BAD_REQUEST, "it would run out at once: " + until.get() + " is past");
        }
        return switch (notices.take(id, new Actor(taking.by), until)) {
            case Taken.Done done -> said(done.alarm(), now);
            case Taken.NotStanding _ ->
                throw new Problem.Told(
                        Problem.NOT_FOUND, "no alarm that stands has the id " + id + "; it may have ended");
            case Taken.Several several ->
                throw new Problem.Told(
                        Problem.BAD_REQUEST,
                        "several alarms begin with " + id + ": "
                                + several.ids().stream().map(UUID::toString).collect(Collectors.joining(", ")));
        };
    }

    @PostMapping("/trial")
    Trial trial(@RequestBody Trying trying) {
        UUID message = notices.trial(new Actor(trying.by))
                .orElseThrow(() -> new Problem.Told(
                        Problem.REFUSED, "there is no channel; start the server with --notify FILE that names one"));
        return new Trial(message.toString(), notices.board().channels());
    }

    private static AlarmSaid said(Alarm a, Instant now) {
        return new AlarmSaid(
                a.id().toString(),
                a.sign().key().kind().name(),
                a.sign().key().about(),
                a.sign().words(),
                a.sign().size(),
                a.span().began(),
                a.span().ended().orElse(null),
                a.told().map(Told::at).orElse(null),
                a.acknowledged().map(k -> said(k, a.isCovered(now))).orElse(null));
    }

    private static AcknowledgedSaid said(Acknowledged k, boolean covers) {
        return new AcknowledgedSaid(k.by().name(), k.at(), k.until().orElse(null), covers);
    }

    private static DeliverySaid said(Delivery d) {
        boolean waits = d.tried().delivered().isEmpty();
        return new DeliverySaid(
                d.message().toString(),
                d.occasion().name(),
                d.subject(),
                d.at(),
                d.channel(),
                d.tried().attempts(),
                d.tried().delivered().orElse(null),
                waits ? d.tried().dueAt() : null,
                d.tried().problem().orElse(null));
    }
}
