package holdfast.formats;

import holdfast.plan.Agreement;
import holdfast.plan.Agreement.Period;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.SiteName;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a sharing agreement: dated periods that do not overlap, each with shares that sum to 100. */
final class AgreementReader {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final Set<SiteName> known;
    private final Findings findings;

    AgreementReader(Set<SiteName> known, Findings findings) {
        this.known = known;
        this.findings = findings;
    }

    Agreement read(String name, Fields agreement) {
        List<Period> periods = new ArrayList<>();
        for (Item item : agreement.rows("periods")) {
            if (item instanceof Item.Table table) {
                period(item.spot(), new Fields(item.spot(), table, SitesShapes.PERIOD, findings), periods)
                        .ifPresent(periods::add);
            } else {
                findings.add(item.spot(), "a period is " + item.form(), "it should be a table of keys and values");
            }
        }
        return new Agreement(name, periods);
    }

    private Optional<Period> period(Spot at, Fields f, List<Period> earlier) {
        Optional<LocalDate> from = f.date("from");
        Optional<LocalDate> until = f.date("until");
        Optional<Actor> by = f.as("entered-by", Actor::new);
        Optional<LocalDate> on = f.date("entered-on");
        Map<SiteName, Double> shares = shares(f);
        boolean confirmed = f.flag("confirmed", false);
        Optional<Period> period = from.flatMap(start -> by.flatMap(
                who -> on.map(day -> new Period(start, until, shares, f.maybe("gap"), confirmed, who, day))));
        period.ifPresent(p -> checkDates(at, p, earlier));
        return period;
    }

    private void checkDates(Spot at, Period period, List<Period> earlier) {
        if (period.until().map(u -> !u.isAfter(period.from())).orElse(false)) {
            findings.add(at, "the period ends before it begins", "until is the day after its last");
        }
        boolean overlaps = earlier.stream().anyMatch(e -> e.covers(period.from()) || period.covers(e.from()));
        if (overlaps) {
            findings.add(at, "the period overlaps an earlier one", "give the earlier one an until");
        }
    }

    private Map<SiteName, Double> shares(Fields f) {
        Map<SiteName, Double> shares = new HashMap<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (Item.Field field : f.table("shares").fields()) {
            Optional<BigDecimal> share = share(field);
            sum = sum.add(share.orElse(BigDecimal.ZERO));
            f.as(field.key(), SiteName::new).ifPresent(site -> {
                if (!known.contains(site)) {
                    List<String> names =
                            known.stream().map(SiteName::name).sorted().toList();
                    findings.unknown(field.key().spot(), "site", site.name(), names);
                }
                shares.put(site, share.orElse(BigDecimal.ZERO).doubleValue());
            });
        }
        checkSum(f, sum);
        return shares;
    }

    private void checkSum(Fields f, BigDecimal sum) {
        int compared = sum.compareTo(WHOLE);
        boolean gap = f.has("gap");
        String text = sum.stripTrailingZeros().toPlainString();
        if (f.has("shares") && (compared > 0 || (compared < 0 && !gap))) {
            findings.add(
                    f.spot("shares"), "the shares sum to " + text + ", not 100", "correct them, or name the gap: why");
        }
        if (compared == 0 && gap) {
            findings.add(f.spot("gap"), "a gap is named and the shares sum to 100", "take the gap away");
        }
    }

    private Optional<BigDecimal> share(Item.Field field) {
        String text = field.value() instanceof Item.Word word ? word.text() : "";
        if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?")) {
            return Optional.of(new BigDecimal(text));
        }
        findings.add(
                field.value().spot(), "the share of " + field.name() + " is no number", "write percent, such as 30");
        return Optional.empty();
    }
}
