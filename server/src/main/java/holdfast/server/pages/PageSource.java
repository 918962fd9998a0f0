package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.vocabulary.ClauseId;
import java.util.List;
import java.util.Optional;

/** Where pages get their data: the server's own queries, asked once for each request. */
public interface PageSource {
    PageData plan();

    /** What the page of a clause shows; empty when the plan in force has no such clause. */
    Optional<ClauseData> clause(ClauseId clause);

    /** All subjects that fall short of a clause, in the order of their names; {@code verdict.named} may be fewer. */
    List<ClauseVerdict.Failing> failing(ClauseId clause);
}
