package holdfast.server.work;

import holdfast.plan.MemberSource;
import holdfast.retention.Quorum.Term;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Which of the signers are members, as the source of members tells it. */
public interface Signatories {
    /** What the plan in force asks of them. */
    MemberSource rule();

    /** The memberships of today as they stand in a transaction, by the signer's name; nobody else changes them until it ends. */
    Function<Actor, Optional<Term>> locked(Connection connection) throws SQLException;

    /** Where no source tells of anybody: a plan that asks for members is signed by nobody. */
    static Signatories ofNobody(Supplier<MemberSource> rule) {
        return new Signatories() {
            @Override
            public MemberSource rule() {
                return rule.get();
            }

            @Override
            public Function<Actor, Optional<Term>> locked(Connection connection) {
                return known();
            }

            @Override
            public Function<Actor, Optional<Term>> known() {
                return _ -> Optional.empty();
            }
        };
    }

    /** The memberships of today as this node knows them, at most a second old. */
    Function<Actor, Optional<Term>> known();
}
