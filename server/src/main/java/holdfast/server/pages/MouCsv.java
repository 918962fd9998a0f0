package holdfast.server.pages;

import holdfast.server.pages.MouReport.Agreed;
import holdfast.server.pages.MouReport.InPeriod;
import holdfast.server.pages.MouReport.NoShare;
import holdfast.server.pages.MouReport.SiteShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The report on sharing agreements as CSV: a line for each site of each period, then for each site without a share. */
final class MouCsv {
    private static final List<String> HEAD = List.of(
            "clause",
            "agreement",
            "period from",
            "period until",
            "site",
            "standing",
            "agreed percent",
            "lowest percent",
            "highest percent",
            "held percent",
            "agreed bytes",
            "held bytes",
            "period state",
            "share confirmed",
            "entered by",
            "entered on",
            "gap",
            "also bound by",
            "covered files",
            "judged files",
            "plan version",
            "taken at");

    private final MouReport report;
    private final Csv csv = new Csv().row(HEAD);

    private MouCsv(MouReport report) {
        this.report = report;
    }

    static String of(MouReport report) {
        MouCsv csv = new MouCsv(report);
        report.agreements().forEach(csv::agreed);
        return csv.csv.text();
    }

    private void agreed(Agreed a) {
        for (InPeriod p : a.inPeriods()) {
            p.sites().forEach(s -> share(a, p, s));
            p.outside().forEach(o -> noShare(a, Optional.of(p), o));
        }
        a.noPeriod().forEach(o -> noShare(a, Optional.empty(), o));
    }

    private void share(Agreed a, InPeriod p, SiteShare s) {
        List<Object> row = begin(a, Optional.of(p), s.site(), s.standing());
        row.addAll(List.of(
                s.agreedPercent(),
                s.lowestPercent(),
                s.highestPercent(),
                s.heldPercent(),
                s.agreedBytes(),
                s.heldBytes()));
        end(row, a, Optional.of(p), "");
    }

    private void noShare(Agreed a, Optional<InPeriod> p, NoShare o) {
        List<Object> row = begin(a, p, o.site(), p.isPresent() ? "no share" : "no period");
        row.addAll(List.of("", "", "", "", "", o.bytes()));
        end(row, a, p, String.join(" ", o.boundBy()));
    }

    private static List<Object> begin(Agreed a, Optional<InPeriod> p, String site, String standing) {
        List<Object> row = new ArrayList<>(List.of(a.clause(), a.agreement()));
        row.add(p.<Object>map(InPeriod::from).orElse(""));
        row.add(p.flatMap(q -> Optional.<Object>ofNullable(q.until())).orElse(""));
        row.addAll(List.of(site, standing));
        return row;
    }

    private void end(List<Object> row, Agreed a, Optional<InPeriod> p, String boundBy) {
        row.add(p.map(InPeriod::state).orElse(""));
        row.add(p.map(q -> q.confirmed() ? "yes" : "no").orElse(""));
        row.add(p.map(InPeriod::enteredBy).orElse(""));
        row.add(p.<Object>map(InPeriod::enteredOn).orElse(""));
        row.add(p.flatMap(q -> Optional.ofNullable(q.gap())).orElse(""));
        row.add(boundBy);
        row.add(a.coverage() == null ? "" : a.coverage().covered());
        row.add(a.coverage() == null ? "" : a.coverage().judged());
        row.add(report.planVersion());
        row.add(report.at());
        csv.row(row);
    }
}
