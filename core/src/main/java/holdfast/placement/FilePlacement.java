package holdfast.placement;

import holdfast.catalog.FileRow;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.FileJudgement;
import holdfast.judgement.Holding;
import holdfast.judgement.Reach;
import holdfast.judgement.Reason.Code;
import holdfast.judgement.Surroundings;
import holdfast.plan.Clause;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The placement of one file: its wants one after the other, each seeing what the ones before it chose. */
final class FilePlacement {
    /** What only keeps a copy from counting until somebody reads it; a read is due and cheaper than another copy. */
    private static final Set<Code> SETTLED_BY_READING = EnumSet.of(
            Code.NOT_READ_BACK,
            Code.PROOF_LATE,
            Code.PROOF_IN_FUTURE,
            Code.PROOF_NOT_FROM_MEDIUM,
            Code.NOT_ANSWERING,
            Code.FACTS_MISSING);

    private final Holding holding;
    private final FileRow file;
    private final Surroundings surroundings;
    private final LoadView load;
    private final Instant now;
    private final int counting;
    private final List<Target> targets;
    private final List<StorageElement> held = new ArrayList<>();
    private final List<StorageElement> suspended = new ArrayList<>();
    private final Map<StorageName, Demand> demands = new LinkedHashMap<>();
    private final Set<String> unmet = new LinkedHashSet<>();

    FilePlacement(Holding holding, Surroundings surroundings, LoadView load, Instant now) {
        this.holding = holding;
        this.file = holding.file().orElseThrow();
        this.surroundings = surroundings;
        this.load = load;
        this.now = now;
        List<CopyStanding> standings =
                FileJudgement.of(holding, surroundings, now).standings();
        this.counting = (int) standings.stream().filter(CopyStanding::counts).count();
        this.targets = surroundings.sites().all().stream()
                .map(element -> Target.of(element, holding, surroundings, now))
                .toList();
        standings.forEach(this::keep);
    }

    Placement of(List<Clause> clauses) {
        List<Want> wants = Want.of(clauses, file, surroundings);
        for (Want want : wants) {
            serve(want, wants);
        }
        Optional<String> noSource = demands.isEmpty() ? Optional.empty() : Sources.missing(holding, surroundings, now);
        noSource.ifPresent(why -> {
            demands.clear();
            unmet.add(why);
        });
        return new Placement(List.copyOf(demands.values()), List.copyOf(unmet));
    }

    /** Notes a copy that is left to itself: it counts, waits to be read, or lies where someone must sign first. */
    private void keep(CopyStanding copy) {
        boolean suspect = copy.element().map(StorageElement::isArchival).orElse(false)
                && surroundings.condition(copy.copy().storage()).suspectSince().isPresent();
        boolean waits =
                copy.mayCount() && copy.reasons().stream().map(r -> r.code()).allMatch(SETTLED_BY_READING::contains);
        if (suspect) {
            copy.element().ifPresent(suspended::add);
        }
        if (suspect || copy.counts() || waits) {
            copy.element().ifPresent(held::add);
        }
    }

    private void serve(Want want, List<Want> wants) {
        if (want.obstacle().isPresent()) {
            unmet.add(want.clause() + ": " + want.obstacle().get());
            return;
        }
        boolean going = true;
        while (going && !want.isServedBy(held)) {
            going = order(want, wants);
        }
        List<StorageElement> firm = new ArrayList<>(held);
        firm.removeAll(suspended);
        if (going && !want.isServedBy(firm)) {
            String names = suspended.stream().map(e -> e.name().name()).collect(Collectors.joining(", "));
            unmet.add(want.clause() + ": copies at " + names
                    + " are under suspicion, and are not replaced until someone signs");
        }
    }

    /** Orders one copy at the best fitting target; answers whether it could. */
    private boolean order(Want want, List<Want> wants) {
        List<Target> fitting = targets.stream()
                .filter(target -> target.element().isArchival() && want.gains(held, target.element()))
                .toList();
        Optional<Target> waiting = fitting.stream().filter(this::isWaitedFor).findFirst();
        Optional<Target> best =
                fitting.stream().filter(Target::isOpen).min(choice(want, wants).order());
        if (waiting.isPresent() || best.isEmpty()) {
            String why = waiting.map(this::waits).orElseGet(() -> obstacles(fitting));
            unmet.add(want.clause() + ": wants " + want.words() + "; " + why);
            // The order stands: it would be given again elsewhere if it were gone when the file is next attended.
            waiting.ifPresent(target -> demand(target.element(), want));
            waiting.or(() -> fitting.stream().filter(this::isSilentForShort).findFirst())
                    .ifPresent(target -> held.add(target.element()));
            return false;
        }
        StorageElement chosen = best.get().element();
        held.add(chosen);
        demand(chosen, want);
        return true;
    }

    private void demand(StorageElement to, Want want) {
        String reason = want.clause() + ": wants " + want.words();
        demands.put(to.name(), new Demand(file.id(), to.name(), reason, counting));
    }

    /** Duties about independence and shares weigh in the choice for the other duties too. */
    private Choice choice(Want want, List<Want> wants) {
        Set<FailureDomain> domains = wants.stream()
                .flatMap(other -> other.domains().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FailureDomain.class)));
        Optional<String> table = want.table()
                .or(() ->
                        wants.stream().flatMap(other -> other.table().stream()).findFirst());
        ShareDeficit deficit = ShareDeficit.of(table, file, surroundings, load);
        return new Choice(file, targets, held, domains, new Choice.Load(load, deficit));
    }

    /** An order at a site that fell silent stands for a while; a file with fewer than two counting copies moves on. */
    private boolean isWaitedFor(Target target) {
        if (!load.ordered(file.id()).contains(target.element().name())
                || target.silentSince().isEmpty()) {
            return false;
        }
        return counting < 2 ? isSilentForShort(target) : target.reach().state() == Reach.State.EXCUSED;
    }

    /** For so long a copy that is wanted at a silent site is not sought elsewhere by duties that count copies. */
    private boolean isSilentForShort(Target target) {
        return target.silentSince()
                .map(since -> now.isBefore(since.plus(longestWait())))
                .orElse(false);
    }

    private String waits(Target target) {
        String longest = counting < 2 ? ", at most " + longestWait().toHours() + " h" : "";
        return target.obstacle().orElse("") + longest;
    }

    private static String obstacles(List<Target> fitting) {
        return fitting.isEmpty()
                ? "no element of the sites file fits"
                : fitting.stream().flatMap(target -> target.obstacle().stream()).collect(Collectors.joining("; "));
    }

    private Duration longestWait() {
        return surroundings.plan().limits().waitForSite();
    }
}
