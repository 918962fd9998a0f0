package holdfast.alarm;

import holdfast.alarm.Situation.Breached;
import holdfast.alarm.Situation.Disk;
import holdfast.alarm.Situation.Fading;
import holdfast.alarm.Situation.Keeping;
import holdfast.alarm.Situation.Lost;
import holdfast.storage.Condition;
import holdfast.storage.Condition.Scrub;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which signs stand in a situation; pure, and every kind of alarm has its one rule here. */
public final class Signs {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Thresholds thresholds;
    private final Instant now;
    private final List<Sign> signs = new ArrayList<>();

    private Signs(Thresholds thresholds, Instant now) {
        this.thresholds = thresholds;
        this.now = now;
    }

    /** The signs that stand, the gravest first. */
    public static List<Sign> of(Situation seen, Thresholds thresholds, Instant now) {
        Signs signs = new Signs(thresholds, now);
        seen.lost().forEach(signs::lost);
        seen.breached().forEach(signs::breached);
        seen.conditions().forEach(signs::condition);
        seen.fading().forEach(signs::fading);
        signs.keeping(seen.keeping());
        return signs.signs.stream()
                .sorted(java.util.Comparator.comparing(Sign::key))
                .toList();
    }

    private void lost(Lost lost) {
        if (lost.files() > 0) {
            String words = count(lost.files(), "file") + " of class " + lost.about() + " declared LOST";
            add(AlarmKind.LOST, lost.about(), lost.files(), Instant.EPOCH, words);
        }
    }

    private void breached(Breached b) {
        String waived = b.waived() > 0 ? ", %d of them waived".formatted(b.waived()) : "";
        String failing =
                b.failing() > 0 ? "%s: %s%s".formatted(count(b.failing(), "subject"), b.says(), waived) : b.says();
        String words =
                "%s is BREACHED, last added to %s, by %s".formatted(b.clause(), MINUTE.format(b.latest()), failing);
        add(AlarmKind.BREACH, b.clause().name(), Math.max(1, b.failing()), b.latest(), words);
    }

    private void condition(Condition c) {
        String element = c.element().name();
        c.suspectSince()
                .ifPresent(since -> add(
                        AlarmKind.ELEMENT_SUSPECT,
                        element,
                        1,
                        since,
                        element + " is under suspicion since " + MINUTE.format(since)
                                + ": its copies may count, none does"));
        c.scrub()
                .filter(s -> !s.canariesFound())
                .map(Scrub::at)
                .ifPresent(at -> add(
                        AlarmKind.CANARY_MISSED,
                        element,
                        1,
                        at,
                        element + " passed over planted damage at " + MINUTE.format(at)
                                + ": its inspections show nothing until they find it again"));
    }

    private void fading(Fading f) {
        if (f.files() > 0) {
            String words = "%s stand only on proofs that run out, %s holds one of each; the first %s %s"
                    .formatted(
                            count(f.files(), "file"),
                            f.element(),
                            f.oldest().isAfter(now) ? "runs out" : "ran out",
                            MINUTE.format(f.oldest()));
            add(AlarmKind.PROOF_RUNS_OUT, f.element().name(), f.files(), Instant.EPOCH, words);
        }
    }

    private void keeping(Keeping k) {
        Instant head = k.head().orElse(k.since());
        if (isOver(head, thresholds.head())) {
            String words = k.head().isPresent()
                    ? "no signed head was written outside the database since " + MINUTE.format(head)
                    : "no signed head was ever written outside the database";
            add(AlarmKind.HEAD_STOPPED, "", 1, head, words);
        }
        k.unshipped()
                .filter(since -> isOver(since, thresholds.segment()))
                .ifPresent(since -> add(
                        AlarmKind.BACKUP_LATE,
                        "",
                        1,
                        since,
                        "entries of the journal wait since " + MINUTE.format(since) + " to be shipped outside"));
        k.drill()
                .lateSince(k.since(), thresholds.drill(), now)
                .ifPresent(since -> add(
                        AlarmKind.RESTORE_DRILL_LATE,
                        "",
                        1,
                        since,
                        "a restore drill is due since " + MINUTE.format(since)));
        k.drill()
                .hold()
                .ifPresent(since -> add(
                        AlarmKind.CUSTODY_HOLD,
                        "",
                        1,
                        since,
                        "the house is in custody hold since " + MINUTE.format(since) + ": nothing is released"));
        members(k.drill().members());
        k.disks().forEach(this::disk);
    }

    private void members(Situation.Members m) {
        m.silent()
                .ifPresent(since -> add(
                        AlarmKind.MEMBERS_SILENT,
                        "",
                        1,
                        since,
                        "the source of members is silent since " + MINUTE.format(since)
                                + ": levels for members are closed to them, custody goes on"));
        m.refused()
                .ifPresent(since -> add(
                        AlarmKind.MEMBERS_REFUSED,
                        "",
                        1,
                        since,
                        "no export of members is taken since " + MINUTE.format(since)
                                + "; `holdfast members status` says why"));
    }

    private void disk(Disk d) {
        double left = d.total() <= 0 ? 0 : 100.0 * d.free() / d.total();
        if (left < thresholds.diskLeft()) {
            String words = String.format(
                    Locale.ROOT, "%.1f %% is left on %s, %,d bytes of %,d", left, d.about(), d.free(), d.total());
            add(AlarmKind.DISK_FULL, d.about(), 1, Instant.EPOCH, words);
        }
    }

    private boolean isOver(Instant since, Duration limit) {
        return now.isAfter(since.plus(limit));
    }

    private static String count(long number, String word) {
        return "%,d %s".formatted(number, word + (number == 1 ? "" : "s"));
    }

    private void add(AlarmKind kind, String about, long size, Instant latest, String words) {
        Instant known = Optional.of(latest).filter(l -> !l.isAfter(now)).orElse(now);
        signs.add(new Sign(new Sign.Key(kind, about), size, known, words));
    }
}
