package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Reason;
import holdfast.plan.Clause;
import holdfast.vocabulary.SiteName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of the plan page as CSV; times are ISO 8601 in UTC, and an empty field means not known or none. */
final class PlanCsv {
    private PlanCsv() {}

    /** One line for each clause. */
    static String clauses(PageData page) {
        Csv csv = new Csv()
                .row(
                        "clause",
                        "section",
                        "level",
                        "says",
                        "verdict",
                        "subjects",
                        "arriving",
                        "failing",
                        "undetermined",
                        "waived",
                        "oldest proof",
                        "valid until",
                        "share",
                        "why",
                        "plan version",
                        "taken at");
        for (ClauseVerdict given : Listing.inOrder(page)) {
            ClauseVerdict v = given.readAt(page.takenAt());
            Clause clause = v.clause();
            csv.row(
                    clause.id(),
                    clause.section(),
                    clause.level().map(Object::toString).orElse(""),
                    clause.says(),
                    v.verdict().map(Enum::name).orElse("NOT_A_DUTY"),
                    v.subjects(),
                    v.arriving(),
                    v.failing(),
                    v.undetermined(),
                    v.waived(),
                    time(v.oldestProof()),
                    v.validUntil().equals(Instant.MAX) ? "" : v.validUntil(),
                    v.shares().map(s -> s.state().name()).orElse(""),
                    reasons(v.reasons()),
                    page.plan().version(),
                    page.takenAt());
        }
        return csv.text();
    }

    /** One line for each thing at risk; files that are alike share a line. */
    static String atRisk(PageData page) {
        Csv csv = new Csv().row("danger", "what", "files", "why", "since", "next", "clauses");
        for (AtRisk risk : Listing.worstFirst(page)) {
            String what = switch (risk.subject()) {
                case AtRisk.Files files ->
                    files.named().stream().map(Object::toString).collect(Collectors.joining(" "));
                case AtRisk.Thing thing -> thing.words();
            };
            csv.row(
                    risk.danger(),
                    what,
                    risk.files(),
                    risk.why(),
                    time(risk.since()),
                    risk.next(),
                    risk.clauses().stream().map(Object::toString).collect(Collectors.joining(" ")));
        }
        return csv.text();
    }

    /** One line for each class of files, two columns for each site. */
    static String sites(PageData page) {
        List<SiteName> sites = Listing.sites(page);
        List<Object> head = new ArrayList<>(List.of("class", "files"));
        sites.forEach(site -> {
            head.add(site + " held");
            head.add(site + " counting");
        });
        Csv csv = new Csv().row(head);
        for (Matrix.Row row : page.matrix().rows()) {
            List<Object> fields = new ArrayList<>(List.of(row.classId(), row.files()));
            for (SiteName site : sites) {
                Matrix.Held held = row.sites().getOrDefault(site, Matrix.Held.NONE);
                fields.add(held.held());
                fields.add(held.counting());
            }
            csv.row(fields);
        }
        return csv.text();
    }

    /** One line for each subject of a clause that falls short. */
    static String failing(ClauseVerdict verdict, List<ClauseVerdict.Failing> failing) {
        Csv csv = new Csv().row("clause", "subject", "verdict", "why");
        for (ClauseVerdict.Failing one : failing) {
            csv.row(verdict.clause().id(), one.subject(), one.verdict(), reasons(one.reasons()));
        }
        return csv.text();
    }

    private static String reasons(List<Reason> reasons) {
        return reasons.stream().map(Words::reason).collect(Collectors.joining("; "));
    }

    private static Object time(Optional<Instant> moment) {
        return moment.<Object>map(m -> m).orElse("");
    }
}
