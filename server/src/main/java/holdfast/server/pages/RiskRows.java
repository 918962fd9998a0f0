package holdfast.server.pages;

import holdfast.server.pages.view.Did;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.PlanView.RiskRow;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.List;

/** What is at risk, worst first. */
record RiskRows(PageData page) {
    /** Rows on the plan page; the CSV has all. */
    static final int SHOWN = 20;

    private static final int NAMED = 5;

    List<RiskRow> first() {
        return Listing.worstFirst(page).stream().limit(SHOWN).map(this::row).toList();
    }

    long more() {
        return Math.max(0, page.atRisk().size() - SHOWN);
    }

    List<RiskRow> touching(ClauseId clause) {
        return Listing.worstFirst(page).stream()
                .filter(r -> r.clauses().contains(clause))
                .limit(SHOWN)
                .map(this::row)
                .toList();
    }

    private RiskRow row(AtRisk risk) {
        Instant taken = page.takenAt();
        List<DataId> named = switch (risk.subject()) {
            case AtRisk.Files files -> files.named().stream().limit(NAMED).toList();
            case AtRisk.Thing thing -> List.of();
        };
        String words = switch (risk.subject()) {
            case AtRisk.Files files -> named.isEmpty() ? Numbers.count(files.count(), "file") : "";
            case AtRisk.Thing thing -> thing.words();
        };
        long more = named.isEmpty() ? 0 : risk.files() - named.size();
        return new RiskRow(
                isNearLoss(risk.danger()),
                words,
                named.stream().map(Did::of).toList(),
                more > 0 ? "and " + Numbers.count(more) + " more" : "",
                Words.sentence(risk.why()),
                risk.since().map(s -> Moment.of(s, taken)),
                Words.withoutStop(risk.next()),
                risk.clauses().stream().map(ClauseId::name).toList());
    }

    private static boolean isNearLoss(AtRisk.Danger danger) {
        return switch (danger) {
            case LOST, NO_PROVED_COPY, ONE_PROVED_COPY -> true;
            case LESS_THAN_ASKED, NOT_SHOWN -> false;
        };
    }
}
