package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Obligation;
import holdfast.server.pages.Matrix.Held;
import holdfast.server.pages.view.Bar;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.PlanView;
import holdfast.server.pages.view.PlanView.Cell;
import holdfast.server.pages.view.PlanView.MatrixRow;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Each class of files by site: the share of its files of which the site holds a copy that counts. */
record ClassBySite(PageData page) {

    PlanView.Matrix table() {
        List<SiteName> sites = Listing.sites(page);
        return new PlanView.Matrix(
                sites.stream().map(SiteName::name).toList(),
                page.matrix().rows().stream().map(row -> row(row, sites)).toList());
    }

    private MatrixRow row(Matrix.Row row, List<SiteName> sites) {
        Optional<Asked> asked = asked(row.classId());
        return new MatrixRow(
                asked.map(Asked::breached).orElse(false),
                row.classId().name(),
                Numbers.count(row.files(), "file"),
                sites.stream().map(site -> cell(row, site)).toList(),
                asked.map(Asked::percent).orElse("not asked"),
                asked.map(Asked::detail).orElse(""));
    }

    private static Cell cell(Matrix.Row row, SiteName site) {
        Held held = row.sites().getOrDefault(site, Held.NONE);
        if (held.held() == 0) {
            return new Cell(site.name(), "", "", Optional.empty());
        }
        long idle = held.held() - held.counting();
        String percent = Numbers.percent(held.counting(), row.files());
        String spoken = "%s holds %s of class %s with proof in date"
                .formatted(site, percent.replace("%", "percent"), row.classId());
        double part = row.files() == 0 ? 0 : 100.0 * held.counting() / row.files();
        return new Cell(
                site.name(),
                percent,
                idle > 0 ? Numbers.count(idle) + " more, not counting" : "",
                Optional.of(Bar.plain(Bar.Frame.CELL, part, spoken)));
    }

    /** How many files of a class have the copies that a clause about this class alone asks for. */
    private record Asked(boolean breached, String percent, String detail) {}

    private Optional<Asked> asked(ClassId classId) {
        for (ClauseVerdict given : Listing.inOrder(page)) {
            ClauseVerdict v = given.readAt(page.takenAt());
            if (v.clause().about().equals(Set.of(classId))) {
                Optional<Asked> asked = v.duties().stream()
                        .filter(d -> d.duty().obligation() instanceof Obligation.CopiesAtLeast)
                        .findFirst()
                        .map(d -> asked(v, d));
                if (asked.isPresent()) {
                    return asked;
                }
            }
        }
        return Optional.empty();
    }

    private static Asked asked(ClauseVerdict v, ClauseVerdict.DutyVerdict d) {
        Obligation.CopiesAtLeast copies = (Obligation.CopiesAtLeast) d.duty().obligation();
        long judged = d.tally().subjects() - d.tally().arriving();
        long missing = d.tally().breached();
        StringBuilder detail = new StringBuilder(
                "%d copies, %s".formatted(copies.copies(), v.clause().id()));
        if (Words.isOurSetting(d.duty())) {
            detail.append(", our setting");
        }
        if (missing > 0) {
            detail.append("; %s %s short".formatted(Numbers.count(missing, "file"), missing == 1 ? "falls" : "fall"));
        }
        return new Asked(
                d.verdict() == Verdict.BREACHED, Numbers.percent(d.tally().met(), judged), detail.toString());
    }
}
