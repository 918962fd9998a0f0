package holdfast.plan;

import holdfast.plan.Change.Direction;
import holdfast.plan.Clause.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two versions of one clause. */
final class ClauseDiff {
    private final Clause was;
    private final Clause is;
    private final List<Change> changes = new ArrayList<>();

    private ClauseDiff(Clause was, Clause is) {
        this.was = was;
        this.is = is;
    }

    static List<Change> between(Clause was, Clause is) {
        ClauseDiff diff = new ClauseDiff(was, is);
        diff.standing();
        diff.about();
        diff.duties();
        diff.beside();
        diff.wording();
        return diff.changes;
    }

    private void standing() {
        if (was.standing() != is.standing()) {
            boolean binds = is.standing() == Standing.DUTY;
            change(
                    binds ? Direction.TIGHTENED : Direction.LOOSENED,
                    binds ? "binds now, before it was a statement" : "binds nobody any more: it is a statement");
        }
        if (was.waivable() != is.waivable()) {
            change(
                    is.waivable() ? Direction.LOOSENED : Direction.TIGHTENED,
                    is.waivable() ? "can be waived now" : "can no longer be waived");
        }
    }

    private void about() {
        Set<Object> gone = new TreeSet<>(was.about());
        gone.removeAll(is.about());
        Set<Object> come = new TreeSet<>(is.about());
        come.removeAll(was.about());
        if (!gone.isEmpty()) {
            change(Direction.LOOSENED, "no longer speaks of " + gone);
        }
        if (!come.isEmpty()) {
            change(Direction.TIGHTENED, "speaks of " + come + " too");
        }
    }

    /** Pairs duties that are equal, then those of one kind in their order; what finds no partner came or went. */
    private void duties() {
        List<Duty> before = new ArrayList<>(was.must());
        List<Duty> after = new ArrayList<>();
        for (Duty duty : is.must()) {
            if (!before.remove(duty)) {
                after.add(duty);
            }
        }
        for (Duty duty : after) {
            Optional<Duty> partner = before.stream()
                    .filter(d -> InWords.kind(d.obligation()).equals(InWords.kind(duty.obligation())))
                    .findFirst();
            partner.ifPresentOrElse(
                    p -> {
                        before.remove(p);
                        pair(p, duty);
                    },
                    () -> change(Direction.TIGHTENED, "asks too: must " + InWords.say(duty.obligation())));
        }
        before.forEach(duty -> change(Direction.LOOSENED, "asks no longer: must " + InWords.say(duty.obligation())));
    }

    private void pair(Duty was, Duty is) {
        String sentence = "must " + InWords.say(is.obligation()) + "; before: must " + InWords.say(was.obligation());
        switch (Strictness.of(was.obligation(), is.obligation())) {
            case TIGHTER -> change(Direction.TIGHTENED, sentence);
            case LOOSER -> change(Direction.LOOSENED, sentence);
            case OTHER -> change(Direction.LOOSENED, sentence + " (not surely as strict)");
            case SAME -> {}
        }
        String basis = InWords.say(is.basis(), is.reading());
        if (!basis.equals(InWords.say(was.basis(), was.reading()))) {
            change(
                    Direction.CHANGED,
                    "rests on " + basis + " for what it asks, before on " + InWords.say(was.basis(), was.reading()));
        }
    }

    private void beside() {
        if (!was.agreed().equals(is.agreed())) {
            change(Direction.CHANGED, "agreed: " + agreed(is) + "; before: " + agreed(was));
        }
        if (!was.assumed().equals(is.assumed())) {
            change(Direction.CHANGED, "assumes: " + is.assumed().orElse("nothing"));
        }
        if (!was.level().equals(is.level())) {
            change(
                    Direction.CHANGED,
                    "speaks of level " + is.level().map(Object::toString).orElse("none"));
        }
        if (!was.binds().equals(is.binds())) {
            change(Direction.CHANGED, "binds " + is.binds() + ", before " + was.binds());
        }
    }

    private static String agreed(Clause clause) {
        List<String> said =
                clause.agreed().stream().map(d -> InWords.say(d.obligation())).toList();
        return said.isEmpty() ? "nothing" : String.join("; ", said);
    }

    private void wording() {
        if (!was.says().equals(is.says())) {
            change(Direction.WORDING, "says: " + is.says());
        }
        if (!was.section().equals(is.section())) {
            change(Direction.WORDING, "stands in section " + is.section());
        }
        if (!was.measure().equals(is.measure())) {
            change(Direction.WORDING, "would be measured by " + is.measure().orElse("nothing named"));
        }
    }

    private void change(Direction direction, String says) {
        changes.add(new Change(direction, was.id().name(), says));
    }
}
