package holdfast.server.config;

import holdfast.formats.VerdictJson;
import holdfast.formats.VerdictReport;
import holdfast.judgement.ClauseVerdict;
import holdfast.server.pages.PageData;
import holdfast.server.pages.PageJson;
import java.util.List;

/** The pages for programs: the one form of verdicts that the interface answers too. */
final class PagesAsJson implements PageJson {
    @Override
    public String plan(PageData page) {
        return VerdictJson.write(VerdictReport.of(page.plan(), page.takenAt(), page.verdicts()));
    }

    @Override
    public String clause(PageData page, ClauseVerdict verdict) {
        return VerdictJson.write(VerdictReport.of(page.plan(), page.takenAt(), List.of(verdict)));
    }
}
