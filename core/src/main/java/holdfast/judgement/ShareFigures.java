package holdfast.judgement;

import holdfast.judgement.AgreementReport.Held;
import holdfast.judgement.AgreementReport.Outside;
import holdfast.judgement.AgreementReport.PeriodReport;
import holdfast.judgement.ClauseVerdict.Share;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.ClauseVerdict.Shares.State;
import holdfast.plan.Agreement;
import holdfast.plan.Agreement.Period;
import holdfast.plan.Clause;
import holdfast.plan.Obligation.FollowShares;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bytes by site against an agreement's dated table: agreement, not safety, and never part of a verdict (P-26).
 *
 * <p>Each period is measured by itself, over the bytes that its own sites hold. Bytes off the agreed share are OFF
 * whoever confirmed the table; within it they are IN only when the table is confirmed; a table with a gap is
 * UNCONFIRMED, since nobody agreed to what is left of it. The figures shown are those of the period of today, or of the
 * latest one with bytes; the state is that of all periods with bytes, and the note names each.
 */
final class ShareFigures {
    /** What a double may be wrong by, in percent points. */
    private static final double ROUNDING = 1e-9;

    /** The day under which bytes are added up that no period covers. */
    private static final LocalDate NO_PERIOD = LocalDate.of(1, 1, 1);

    private final FollowShares follow;
    private final Clause clause;
    private final Surroundings surroundings;
    private final Whole whole;
    private final Instant now;

    ShareFigures(FollowShares follow, Clause clause, Surroundings surroundings, Whole whole, Instant now) {
        this.follow = follow;
        this.clause = clause;
        this.surroundings = surroundings;
        this.whole = whole;
        this.now = now;
    }

    /** The moments at which another period begins or ends. */
    static Stream<Instant> bounds(FollowShares follow, Surroundings surroundings) {
        ZoneId zone = zone(surroundings);
        return Optional.ofNullable(surroundings.sites().agreements().get(follow.table())).stream()
                .flatMap(agreement -> agreement.periods().stream())
                .flatMap(period -> Stream.concat(Stream.of(period.from()), period.until().stream()))
                .map(day -> day.atStartOfDay(zone).toInstant());
    }

    Shares figures() {
        return Optional.ofNullable(surroundings.sites().agreements().get(follow.table()))
                .map(this::figures)
                .orElseGet(() -> notMeasured("the sites file has no agreement " + follow.table()));
    }

    private Shares figures(Agreement agreement) {
        List<Period> measured = agreement.periods().stream()
                .filter(period -> total(period, held(period.from())) > 0)
                .sorted(Comparator.comparing(Period::from))
                .toList();
        if (measured.isEmpty()) {
            return notMeasured("no site of " + follow.table() + " holds bytes of a period yet");
        }
        LocalDate today = LocalDate.ofInstant(now, zone(surroundings));
        Period shown =
                measured.stream().filter(p -> p.covers(today)).findFirst().orElse(measured.getLast());
        State state = measured.stream()
                .map(this::state)
                .max(Comparator.comparingInt(ShareFigures::badness))
                .orElseThrow();
        String note = measured.stream().map(this::words).collect(Collectors.joining("; "));
        return new Shares(state, shares(shown), note);
    }

    /** All periods, measured or not; empty when the sites file lacks the agreement. */
    Optional<AgreementReport> report() {
        return Optional.ofNullable(surroundings.sites().agreements().get(follow.table()))
                .map(agreement -> new AgreementReport(
                        clause.id(),
                        follow.table(),
                        follow.withinPercent(),
                        agreement.periods().stream()
                                .sorted(Comparator.comparing(Period::from))
                                .map(this::report)
                                .toList(),
                        outside(NO_PERIOD, Set.of())));
    }

    private PeriodReport report(Period period) {
        Map<SiteName, Long> held = held(period.from());
        long total = total(period, held);
        List<Held> sites = shares(period).stream()
                .map(share -> new Held(share, new ByteSize(held.getOrDefault(share.site(), 0L))))
                .toList();
        return new PeriodReport(
                period,
                total == 0 ? State.NOT_MEASURED : state(period),
                new ByteSize(total),
                sites,
                outside(period.from(), period.shares().keySet()));
    }

    private List<Outside> outside(LocalDate from, Set<SiteName> inside) {
        return held(from).entrySet().stream()
                .filter(entry -> !inside.contains(entry.getKey()) && entry.getValue() > 0)
                .map(entry -> new Outside(entry.getKey(), new ByteSize(entry.getValue())))
                .toList();
    }

    private State state(Period period) {
        if (period.gap().isPresent()) {
            return State.UNCONFIRMED;
        }
        if (!shares(period).stream().allMatch(Share::within)) {
            return State.OFF;
        }
        return period.confirmed() ? State.IN : State.UNCONFIRMED;
    }

    private static int badness(State state) {
        return switch (state) {
            case IN -> 0;
            case NOT_MEASURED -> 1;
            case UNCONFIRMED -> 2;
            case OFF -> 3;
        };
    }

    private List<Share> shares(Period period) {
        Map<SiteName, Long> held = held(period.from());
        double total = total(period, held);
        return new TreeMap<>(period.shares())
                .entrySet().stream()
                        .map(agreed -> {
                            double percent = total == 0 ? 0 : 100.0 * held.getOrDefault(agreed.getKey(), 0L) / total;
                            double tolerance = agreed.getValue() * follow.withinPercent() / 100 + ROUNDING;
                            boolean within = Math.abs(percent - agreed.getValue()) <= tolerance;
                            return new Share(agreed.getKey(), percent, agreed.getValue(), within);
                        })
                        .toList();
    }

    private Map<SiteName, Long> held(LocalDate from) {
        Map<SiteName, Long> held = new TreeMap<>();
        for (ClassId about : clause.about()) {
            whole.held()
                    .getOrDefault(about, Map.of())
                    .getOrDefault(from, Map.<SiteName, ByteSize>of())
                    .forEach((site, size) -> held.merge(site, size.bytes(), Math::addExact));
        }
        return held;
    }

    private static long total(Period period, Map<SiteName, Long> held) {
        return held.entrySet().stream()
                .filter(entry -> period.shares().containsKey(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private String words(Period period) {
        String gap = period.gap().map(g -> ", gap: " + g).orElse("");
        String entered = ", entered by " + period.enteredBy() + " on " + period.enteredOn()
                + (period.confirmed() ? "" : ", not confirmed");
        return "period from " + period.from() + ": " + state(period) + gap + entered;
    }

    private static Shares notMeasured(String note) {
        return new Shares(State.NOT_MEASURED, List.of(), note);
    }

    private static ZoneId zone(Surroundings surroundings) {
        return ZoneId.of(surroundings.sites().timeZone());
    }
}
