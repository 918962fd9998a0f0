package holdfast.server.pages;

import holdfast.judgement.AgreementReport;
import holdfast.judgement.AgreementReport.Held;
import holdfast.judgement.AgreementReport.Outside;
import holdfast.judgement.AgreementReport.PeriodReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Agreement.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The report on sharing agreements in the form that programs get: bytes held against bytes agreed, by site and period,
 * and coverage apart from it. Percent of a period are percent of the bytes that its own sites hold.
 *
 * @param periods which periods were asked for, in words
 */
public record MouReport(Instant at, String planVersion, String periods, List<Agreed> agreements) {

    /**
     * One agreement that a clause follows.
     *
     * @param coverage files of all periods that have a copy at one of the sites: safety, no part of any share
     * @param noPeriod bytes of files that no period covers
     */
    public record Agreed(
            String clause,
            String says,
            String agreement,
            double tolerancePercentOfShare,
            @Nullable String verdict,
            @Nullable Coverage coverage,
            long arriving,
            List<InPeriod> inPeriods,
            List<NoShare> noPeriod) {}

    /** Files covered by the union of the sites, of those judged. */
    public record Coverage(long covered, long judged, long missing) {}

    /**
     * One period.
     *
     * @param state IN, OFF, UNCONFIRMED or NOT_MEASURED; never part of a verdict
     * @param gap what the table lacks to 100 percent, named
     * @param outside sites that hold bytes of the period and have no share in it
     */
    public record InPeriod(
            LocalDate from,
            @Nullable LocalDate until,
            String state,
            boolean confirmed,
            String enteredBy,
            LocalDate enteredOn,
            @Nullable String gap,
            long heldBytes,
            List<SiteShare> sites,
            List<NoShare> outside) {}

    /**
     * One site's share; {@code lowest} and {@code highest} are the ends of the tolerance.
     *
     * @param standing within, low, high, or not measured where the sites hold nothing of the period
     */
    public record SiteShare(
            String site,
            double agreedPercent,
            double lowestPercent,
            double highestPercent,
            double heldPercent,
            long agreedBytes,
            long heldBytes,
            String standing) {
        boolean isLow() {
            return standing.equals("low");
        }

        boolean isOff() {
            return isLow() || standing.equals("high");
        }
    }

    /** Bytes at a site without a share in them, and the clauses that ask for a complete copy there. */
    public record NoShare(String site, long bytes, List<String> boundBy) {}

    /**
     * The report for what is asked.
     *
     * @throws MouData.NoSuchPeriod when there is none
     */
    static MouReport of(MouData data, String asked) {
        MouData.Asked periods = data.asked(asked);
        return new MouReport(
                data.page().takenAt(),
                data.page().plan().version(),
                periods.words(),
                data.agreements().stream().map(a -> agreed(data, a, periods)).toList());
    }

    private static Agreed agreed(MouData data, AgreementReport a, MouData.Asked asked) {
        ClauseVerdict v = data.verdict(a).readAt(data.page().takenAt());
        return new Agreed(
                a.clause().name(),
                v.clause().says(),
                a.table(),
                a.withinPercent(),
                v.verdict().map(Enum::name).orElse(null),
                v.coverage()
                        .map(c -> new Coverage(c.covered(), c.judged(), c.judged() - c.covered()))
                        .orElse(null),
                v.arriving(),
                a.periods().stream()
                        .filter(asked::fits)
                        .map(p -> period(data, a, p))
                        .toList(),
                noShare(data, a, a.noPeriod()));
    }

    private static InPeriod period(MouData data, AgreementReport a, PeriodReport p) {
        Period period = p.period();
        return new InPeriod(
                period.from(),
                period.until().orElse(null),
                p.state().name(),
                period.confirmed(),
                period.enteredBy().name(),
                period.enteredOn(),
                period.gap().orElse(null),
                p.total().bytes(),
                p.sites().stream().map(h -> site(a, p, h)).toList(),
                noShare(data, a, p.outside()));
    }

    private static SiteShare site(AgreementReport a, PeriodReport p, Held held) {
        double agreed = held.share().agreed();
        return new SiteShare(
                held.share().site().name(),
                agreed,
                agreed * (1 - a.withinPercent() / 100),
                agreed * (1 + a.withinPercent() / 100),
                held.share().held(),
                held.agreed(p.total()).bytes(),
                held.bytes().bytes(),
                standing(p, held));
    }

    private static String standing(PeriodReport p, Held held) {
        if (p.total().bytes() == 0) {
            return "not measured";
        }
        boolean low = held.share().held() < held.share().agreed();
        return held.share().within() ? "within" : low ? "low" : "high";
    }

    private static List<NoShare> noShare(MouData data, AgreementReport a, List<Outside> outside) {
        return outside.stream()
                .map(o -> new NoShare(o.site().name(), o.bytes().bytes(), data.alsoBound(a, o.site())))
                .toList();
    }

    Stream<InPeriod> all() {
        return agreements.stream().flatMap(a -> a.inPeriods().stream());
    }
}
