package holdfast.judgement;

import holdfast.judgement.Reason.Code;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Level.Audience;
import holdfast.plan.MemberSource;
import holdfast.plan.Obligation.OpenTo;
import holdfast.storage.DoorProbe;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.ClassId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether all but members are refused (P-21, P-32). The subjects are the elements in use on which files of the clause's
 * classes stand: an answer that is no refusal breaches until the same door is seen closed; where nobody knocked within
 * the plan's period, or nobody answered, nothing is known. Nor is it where the source of members is silent.
 */
final class AudienceDuty {
    private final OpenTo duty;
    private final Clause clause;
    private final Surroundings surroundings;
    private final Duration skew;
    private final Instant now;

    AudienceDuty(OpenTo duty, Clause clause, Surroundings surroundings, Instant now) {
        this.duty = duty;
        this.clause = clause;
        this.surroundings = surroundings;
        this.skew = surroundings.plan().limits().clockSkew();
        this.now = now;
    }

    Finding finding() {
        if (duty.audience() == Audience.PUBLIC) {
            return Finding.undetermined(Code.NOT_MEASURED, "nothing measures yet whether everybody is let in");
        }
        // Behind the doors: what stands open is the worse news.
        return members(doors());
    }

    private Finding doors() {
        Set<ClassId> files = new TreeSet<>();
        Set<ClassId> records = new TreeSet<>();
        clause.about().forEach(c -> (isOfFiles(c) ? files : records).add(c));
        Finding finding = new Finding(Tally.NONE);
        if (!records.isEmpty()) {
            finding.worsen(
                    Verdict.UNDETERMINED,
                    Code.NOT_MEASURED,
                    "records of " + Wording.list(records)
                            + " stand on no element, and nothing knocks at the doors of their stores yet");
        }
        return files.isEmpty() && !records.isEmpty() ? finding : elements(files, finding);
    }

    /** Whether anybody said lately who the members are: who knows that not, knows not whom to refuse. */
    private Finding members(Finding finding) {
        MemberSource source = surroundings.plan().members();
        Optional<Instant> word = surroundings.trials().memberWord(source.from());
        if (!source.isOutside()) {
            return finding.note(
                    Code.MEMBERS_ARE_ACCOUNTS,
                    "members are those who have an account in this house; nobody outside vouches for them");
        }
        if (word.isEmpty()) {
            return finding.worsen(Verdict.UNDETERMINED, Code.MEMBERS_SILENT, "no source ever said who the members are");
        }
        Instant end = word.get().plus(source.silentAfter());
        finding.until(new Horizon(now).at(word.get().minus(skew)).at(end).earliest());
        return word.get().isAfter(now.plus(skew)) || !now.isBefore(end)
                ? finding.worsen(
                        Verdict.UNDETERMINED,
                        Code.MEMBERS_SILENT,
                        "who the members are was last said " + Wording.time(word.get()) + ", due every "
                                + Wording.span(source.silentAfter()))
                : finding;
    }

    private boolean isOfFiles(ClassId id) {
        return surroundings
                .plan()
                .classRule(id)
                .map(ClassRule::scopes)
                .map(s -> !s.isEmpty())
                .orElse(true);
    }

    private Finding elements(Set<ClassId> classes, Finding finding) {
        for (StorageElement element : surroundings.sites().all()) {
            if (element.use() != Use.LEFT) {
                Doors doors = new Doors(element, classes);
                doors.answer()
                        .ifPresentOrElse(
                                answer -> finding.add(element.name().name(), answer),
                                () -> finding.until(doors.horizon.earliest()));
            }
        }
        return finding.tally().subjects() > 0
                ? finding
                : finding.worsen(
                        Verdict.UNDETERMINED,
                        Code.NOTHING_TO_JUDGE,
                        "nothing to judge: no file of " + Wording.list(classes) + " stands on any element in use");
    }

    /** What is known of one element's doors. */
    private final class Doors {
        private final StorageElement element;
        private final Set<ClassId> never = new TreeSet<>();
        private final Set<ClassId> late = new TreeSet<>();
        private final List<DoorProbe> probes = new ArrayList<>();
        private final Set<Reason> reasons = new LinkedHashSet<>();
        private final Horizon horizon = new Horizon(now);
        private Verdict verdict = Verdict.MET;
        private Optional<Instant> oldest = Optional.empty();

        Doors(StorageElement element, Set<ClassId> classes) {
            this.element = element;
            for (ClassId id : classes) {
                surroundings.trials().door(element.name(), id).ifPresentOrElse(probes::add, () -> never.add(id));
            }
        }

        /** Empty where no file of the classes stands, by knocks that are in date. */
        Optional<Answer> answer() {
            probes.forEach(this::open);
            probes.forEach(this::look);
            if (!never.isEmpty()) {
                add(Verdict.UNDETERMINED, Code.NOT_PROBED, "no outsider was ever tried on files of " + never);
            }
            if (!late.isEmpty()) {
                String due = "due every " + Wording.span(duty.probedEvery());
                add(
                        Verdict.UNDETERMINED,
                        Code.NOT_PROBED,
                        "outsiders were last tried on files of " + late + " " + Wording.time(lastOf(late)) + ", "
                                + due);
            }
            boolean bare = reasons.isEmpty() && probes.stream().allMatch(p -> p.paths() == 0);
            return bare
                    ? Optional.empty()
                    : Optional.of(new Answer(
                            verdict, false, List.copyOf(reasons), oldest, horizon.earliest(), Optional.empty()));
        }

        private void open(DoorProbe probe) {
            probe.open()
                    .forEach(door -> add(
                            Verdict.BREACHED,
                            Code.DOOR_OPEN,
                            door.path() + " is open to " + door.visitor().words() + ": " + door.seen() + ", "
                                    + Wording.time(door.at())));
        }

        private void look(DoorProbe probe) {
            Instant at = probe.at();
            Instant end = at.plus(duty.probedEvery());
            horizon.at(at.minus(skew)).at(end);
            oldest = Answers.earlier(oldest, Optional.of(at));
            if (at.isAfter(now.plus(skew)) || !now.isBefore(end)) {
                late.add(probe.key().classId());
            } else {
                probe.trials().stream().filter(t -> t.notKnown() > 0).forEach(this::notKnown);
            }
        }

        private void notKnown(DoorProbe.Trial trial) {
            add(
                    Verdict.UNDETERMINED,
                    Code.DOOR_NOT_KNOWN,
                    "whether it refuses " + trial.visitor().words() + " is not known"
                            + trial.why().map(why -> ": " + why).orElse(""));
        }

        private Instant lastOf(Set<ClassId> classes) {
            return probes.stream()
                    .filter(p -> classes.contains(p.key().classId()))
                    .map(DoorProbe::at)
                    .min(Instant::compareTo)
                    .orElse(now);
        }

        private void add(Verdict at, Code code, String text) {
            verdict = verdict.worst(at);
            reasons.add(new Reason(code, Optional.of(element.name()), element.name() + ": " + text));
        }
    }
}
