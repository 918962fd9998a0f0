package holdfast.server.work;

import holdfast.plan.MemberSource;
import holdfast.retention.Quorum.Term;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which of the signers are members, as the source of members tells it. */
public interface Signatories {
    /** What the plan in force asks of them. */
    MemberSource rule();

    /** The memberships of today, by the signer's name; whom it was asked of, nobody else changes until the transaction ends. */
    Function<Actor, Optional<Term>> in(Connection connection);

    /** The same as far as it is known just now, for a look: what was asked may be another in the next moment. */
    Function<Actor, Optional<Term>> seen();

    /** Where no source tells of anybody: a plan that asks for members is signed by nobody. */
    static Signatories ofNobody(Supplier<MemberSource> rule) {
        return new Signatories() {
            @Override
            public MemberSource rule() {
                return rule.get();
            }

            @Override
            public Function<Actor, Optional<Term>> in(Connection connection) {
                return seen();
            }

            @Override
            public Function<Actor, Optional<Term>> seen() {
                return _ -> Optional.empty();
            }
        };
    }
}
