package holdfast.plan;

import holdfast.vocabulary.Actor;
import holdfast.vocabulary.SiteName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A sharing agreement between sites (the computing MOU): a table of shares for dated periods, as entered by someone. */
public record Agreement(String name, List<Period> periods) {
    public Agreement {
        periods = List.copyOf(periods);
    }

    /**
     * The shares of one period.
     *
     * @param from the first day
     * @param until the day after the last; empty while open
     * @param shares percent of the bytes by site
     * @param gap what the table lacks to 100 percent because a site has left, named; its shares are then unconfirmed
     * @param confirmed whether the agreement's own text was seen by whoever entered it
     */
    public record Period(
            LocalDate from,
            Optional<LocalDate> until,
            Map<SiteName, Double> shares,
            Optional<String> gap,
            boolean confirmed,
            Actor enteredBy,
            LocalDate enteredOn) {
        public Period {
            shares = Map.copyOf(shares);
        }

        public boolean covers(LocalDate day) {
            return !day.isBefore(from) && until.map(day::isBefore).orElse(true);
        }
    }

    /** The period a day falls in. */
    public Optional<Period> on(LocalDate day) {
        return periods.stream().filter(p -> p.covers(day)).findFirst();
    }

    /** The sites that hold shares on a day; none where no period covers it. */
    public Set<SiteName> sitesOn(LocalDate day) {
        return on(day).map(p -> p.shares().keySet()).orElse(Set.of());
    }
}
