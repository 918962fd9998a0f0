package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;

/** The same pages for programs; the server wires the one writer of verdicts. */
public interface PageJson {
    String plan(PageData page);

    String clause(PageData page, ClauseVerdict verdict);
}
