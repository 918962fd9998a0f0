package holdfast.server.pages;

import holdfast.judgement.AgreementReport;
import holdfast.judgement.AgreementReport.PeriodReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.plan.Clause;
import holdfast.plan.Obligation;
import holdfast.vocabulary.SiteName;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The sharing agreements as they stand at one moment. */
public record MouData(PageData page, List<AgreementReport> agreements) {
    public MouData {
        agreements = List.copyOf(agreements);
    }

    /** Which periods are asked for: those that cover a day, or all. */
    record Asked(String words, Optional<LocalDate> day) {
        boolean fits(PeriodReport p) {
            return day.map(p.period()::covers).orElse(true);
        }
    }

    /** A period asked for that no agreement has; the message names those there are. */
    static final class NoSuchPeriod extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoSuchPeriod(String message) {
            super(message);
        }
    }

    /**
     * Reads what a caller asks for: {@code all}, {@code now}, or a day such as {@code 2026-11-22}.
     *
     * @throws NoSuchPeriod when it is none of these, or no agreement has a period that covers it
     */
    Asked asked(String text) {
        Asked asked = switch (text) {
            case "all" -> new Asked("all periods", Optional.empty());
            case "now" -> day(LocalDate.ofInstant(page.takenAt(), zone()));
            default -> day(date(text));
        };
        if (!agreements.isEmpty() && periods().noneMatch(asked::fits)) {
            throw new NoSuchPeriod("no agreement has a period that covers %s; they have: %s".formatted(text, known()));
        }
        return asked;
    }

    private static Asked day(LocalDate day) {
        return new Asked("the period that covers " + day, Optional.of(day));
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (java.time.DateTimeException notADay) {
            throw new NoSuchPeriod(
                    "'" + text + "' is no period; write now, all, or a day such as 2026-11-22, which takes"
                            + " the period that covers it. There are: " + known());
        }
    }

    private String known() {
        List<String> known = periods()
                .map(p -> "from " + p.period().from()
                        + p.period().until().map(u -> " until " + u).orElse(""))
                .distinct()
                .toList();
        return known.isEmpty() ? "none" : String.join(", ", known);
    }

    private Stream<PeriodReport> periods() {
        return agreements.stream().flatMap(a -> a.periods().stream());
    }

    private ZoneId zone() {
        return ZoneId.of(page.sites().timeZone());
    }

    ClauseVerdict verdict(AgreementReport agreement) {
        return page.verdict(agreement.clause()).orElseThrow();
    }

    /** Clauses about the same classes that ask for a complete copy at a site: why it holds bytes it has no share in. */
    List<String> alsoBound(AgreementReport agreement, SiteName site) {
        Clause own = verdict(agreement).clause();
        return page.plan().clauses().values().stream()
                .filter(c -> c.about().stream().anyMatch(own.about()::contains))
                .filter(c -> c.must().stream()
                        .anyMatch(d -> d.obligation() instanceof Obligation.CompleteAt at
                                && at.place().sites().contains(site)))
                .map(c -> c.id().name())
                .toList();
    }
}
