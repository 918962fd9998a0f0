package holdfast.judgement;

import holdfast.catalog.FileRow;
import holdfast.judgement.Reason.Code;
import holdfast.plan.Agreement;
import holdfast.plan.Attributes;
import holdfast.plan.PlaceRule;
import holdfast.vocabulary.SiteName;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The sites that a place of the plan means for one file.
 *
 * @param named these sites; empty for any
 * @param except sites that do not serve
 * @param unknown why it cannot be told; then {@code named} is empty
 */
public record ServingSites(Optional<Set<SiteName>> named, Set<SiteName> except, Optional<Reason> unknown) {

    /** What a place means for a file: a sharing agreement means the sites of the period of the file's run date. */
    public static ServingSites of(PlaceRule place, FileRow file, Surroundings surroundings) {
        Optional<Set<SiteName>> written = place.sites().isEmpty() ? Optional.empty() : Optional.of(place.sites());
        if (place.table().isEmpty()) {
            return new ServingSites(written, place.except(), Optional.empty());
        }
        String table = place.table().get();
        Optional<Agreement.Period> period = period(table, file, surroundings);
        if (period.isEmpty()) {
            return new ServingSites(Optional.empty(), place.except(), Optional.of(noPeriod(table, file, surroundings)));
        }
        Set<SiteName> sites = new TreeSet<>(period.get().shares().keySet());
        written.ifPresent(sites::retainAll);
        return new ServingSites(Optional.of(sites), place.except(), Optional.empty());
    }

    /** The period of a sharing agreement a file belongs to, by its run date; empty where none can be told. */
    public static Optional<Agreement.Period> period(String table, FileRow file, Surroundings surroundings) {
        return Optional.ofNullable(surroundings.sites().agreements().get(table))
                .flatMap(agreement -> runDay(file, surroundings).flatMap(agreement::on));
    }

    /**
     * The day of a file's run in the time zone of the sites file: the run date of its metadata (an ISO date, or an
     * instant), else the day of its first mention. A run date that is neither is no day.
     */
    public static Optional<LocalDate> runDay(FileRow file, Surroundings surroundings) {
        ZoneId zone = ZoneId.of(surroundings.sites().timeZone());
        Optional<String> stated = file.attributes().value(Attributes.RUN_DATE);
        return stated.isEmpty()
                ? Optional.of(LocalDate.ofInstant(file.mention(), zone))
                : read(stated.get().strip(), zone);
    }

    /** Whether a copy at this site serves. */
    public boolean serves(SiteName site) {
        return !except.contains(site)
                && named.map(sites -> sites.contains(site)).orElse(true);
    }

    /** The place in words: {@code BNL, DESY}, or {@code any site except LAB}. */
    public String words() {
        if (named.isPresent()) {
            Set<SiteName> sites = new TreeSet<>(named.get());
            sites.removeAll(except);
            return sites.isEmpty() ? "no site" : Wording.list(sites);
        }
        return except.isEmpty() ? "any site" : "any site except " + Wording.list(except);
    }

    private static Optional<LocalDate> read(String text, ZoneId zone) {
        try {
            if (text.length() <= "2024-03-01".length()) {
                return Optional.of(LocalDate.parse(text));
            }
            boolean zoned =
                    text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > "2024-03-".length();
            return Optional.of(
                    zoned
                            ? LocalDate.ofInstant(Instant.parse(text), zone)
                            : LocalDateTime.parse(text).toLocalDate());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static Reason noPeriod(String table, FileRow file, Surroundings surroundings) {
        String text;
        if (!surroundings.sites().agreements().containsKey(table)) {
            text = "the sites file has no agreement " + table;
        } else {
            text = runDay(file, surroundings)
                    .map(day -> "no period of " + table + " covers its run date " + day)
                    .orElseGet(() -> "its run date '"
                            + file.attributes().value(Attributes.RUN_DATE).orElse("") + "' is no ISO date");
        }
        return new Reason(Code.NO_PERIOD, Optional.empty(), text);
    }
}
