package holdfast.placement;

import holdfast.catalog.FileRow;
import holdfast.judgement.Independence;
import holdfast.judgement.ServingSites;
import holdfast.judgement.Surroundings;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.plan.Obligation;
import holdfast.storage.FailureDomain;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.SiteName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a duty wants of the copies of one file. */
sealed interface Want {
    ClauseId clause();

    /** What is wanted, for people. */
    String words();

    /** Whether copies on these elements are all that is wanted. */
    boolean isServedBy(List<StorageElement> held);

    /** Whether one more copy, on this element, would bring these nearer to what is wanted. */
    boolean gains(List<StorageElement> held, StorageElement more);

    /** Why it cannot be told what is wanted; empty when it can. */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /** The sharing agreement its places come from. */
    default Optional<String> table() {
        return Optional.empty();
    }

    /** The failure domains in which copies are to differ. */
    default Set<FailureDomain> domains() {
        return Set.of();
    }

    /** A copy at some site of a place. */
    record AtPlace(ClauseId clause, ServingSites sites, Optional<String> table) implements Want {
        @Override
        public String words() {
            return "a copy at " + sites.words();
        }

        @Override
        public boolean isServedBy(List<StorageElement> held) {
            return held.stream().anyMatch(element -> sites.serves(element.site()));
        }

        @Override
        public boolean gains(List<StorageElement> held, StorageElement more) {
            return sites.serves(more.site());
        }

        @Override
        public Optional<String> obstacle() {
            return sites.unknown().map(reason -> reason.text());
        }
    }

    /** Copies that are known to differ pairwise in failure domains. */
    record Independent(ClauseId clause, int copies, Set<FailureDomain> domains) implements Want {
        @Override
        public String words() {
            return copies + " copies that differ in "
                    + domains.stream().sorted().map(FailureDomain::words).collect(Collectors.joining(", "));
        }

        @Override
        public boolean isServedBy(List<StorageElement> held) {
            return Independence.known(held, domains) >= copies;
        }

        @Override
        public boolean gains(List<StorageElement> held, StorageElement more) {
            List<StorageElement> with =
                    Stream.concat(held.stream(), Stream.of(more)).toList();
            return Independence.known(with, domains) > Independence.known(held, domains);
        }
    }

    /** Copies at so many sites. */
    record AtSites(ClauseId clause, int copies) implements Want {
        @Override
        public String words() {
            return "copies at " + copies + " sites";
        }

        @Override
        public boolean isServedBy(List<StorageElement> held) {
            return sites(held).size() >= copies;
        }

        @Override
        public boolean gains(List<StorageElement> held, StorageElement more) {
            return !sites(held).contains(more.site());
        }

        private static Set<SiteName> sites(List<StorageElement> held) {
            return held.stream().map(StorageElement::site).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What the duties about a file's class want, those that leave no choice of place first. */
    static List<Want> of(List<Clause> clauses, FileRow file, Surroundings surroundings) {
        List<Want> wants = new ArrayList<>();
        for (Clause clause : clauses) {
            boolean binds = clause.standing() == Clause.Standing.DUTY
                    && file.belongs()
                            .map(b -> clause.about().contains(b.classId()))
                            .orElse(false);
            if (binds) {
                for (Duty duty : clause.must()) {
                    of(clause.id(), duty.obligation(), file, surroundings).ifPresent(wants::add);
                }
            }
        }
        wants.sort(Comparator.comparingInt(Want::choice).thenComparing(Want::clause));
        return wants;
    }

    private static Optional<Want> of(ClauseId clause, Obligation obligation, FileRow file, Surroundings surroundings) {
        return switch (obligation) {
            case Obligation.CompleteAt duty ->
                Optional.of(new AtPlace(
                        clause,
                        ServingSites.of(duty.place(), file, surroundings),
                        duty.place().table()));
            case Obligation.CoveredBy duty ->
                Optional.of(new AtPlace(
                        clause,
                        ServingSites.of(duty.place(), file, surroundings),
                        duty.place().table()));
            case Obligation.IndependentCopies duty ->
                Optional.of(new Independent(clause, duty.copies(), duty.differing()));
            case Obligation.CopiesAtLeast duty -> Optional.of(new AtSites(clause, duty.copies()));
            case Obligation.Accessible _,
                    Obligation.Opened _,
                    Obligation.CheckedEvery _,
                    Obligation.OneLevel _,
                    Obligation.ReleasedByAct _,
                    Obligation.Catalogued _,
                    Obligation.OpenTo _,
                    Obligation.RegisteredInFull _,
                    Obligation.KeptUntil _,
                    Obligation.FollowShares _,
                    Obligation.EvidenceKept _,
                    Obligation.PlanVersioned _,
                    Obligation.WaiversBounded _,
                    Obligation.Unmeasured _ -> Optional.empty();
        };
    }

    private static int choice(Want want) {
        return switch (want) {
            case AtPlace at -> at.sites().named().map(Set::size).orElse(Integer.MAX_VALUE - 2);
            case Independent _ -> Integer.MAX_VALUE - 1;
            case AtSites _ -> Integer.MAX_VALUE;
        };
    }
}
