package holdfast.server.pages.view;

import java.util.List;
import java.util.Optional;

/** The report on sharing agreements, to be printed. */
public record MouView(Chrome chrome, PlanView.AsOf asOf, String periods, String query, List<Agreed> agreements) {
    public MouView {
        agreements = List.copyOf(agreements);
    }

    /** One agreement that a clause follows. */
    public record Agreed(
            String clause,
            String says,
            String agreement,
            Badge verdict,
            Optional<ClauseView.CoveragePanel> coverage,
            String arriving,
            List<InPeriod> periods,
            List<NoShare> noPeriod) {
        public Agreed {
            periods = List.copyOf(periods);
            noPeriod = List.copyOf(noPeriod);
        }
    }

    /** One period. @param provenance who entered the table, when, and whether anybody confirmed it */
    public record InPeriod(
            String title,
            Badge state,
            String held,
            String provenance,
            String scale,
            List<Row> rows,
            List<NoShare> outside) {
        public InPeriod {
            rows = List.copyOf(rows);
            outside = List.copyOf(outside);
        }
    }

    /** One site. @param verdict within, low or high */
    public record Row(
            String site,
            boolean off,
            Bar bar,
            String heldPercent,
            String agreedPercent,
            String band,
            String heldBytes,
            String agreedBytes,
            String standing) {}

    /** Bytes at a site without a share. */
    public record NoShare(String site, String bytes, String why) {}
}
