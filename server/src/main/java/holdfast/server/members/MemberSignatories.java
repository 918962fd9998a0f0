package holdfast.server.members;

import holdfast.plan.MemberSource;
import holdfast.retention.Quorum.Term;
import holdfast.server.clock.HouseClock;
import holdfast.server.work.Signatories;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Signers as the source of members knows them: by the account that is theirs, under whose name their key is. */
public final class MemberSignatories implements Signatories {
    private final Supplier<MemberSource> rule;
    private final Supplier<MemberBook> book;
    private final HouseClock clock;

    public MemberSignatories(Supplier<MemberSource> rule, Supplier<MemberBook> book, HouseClock clock) {
        this.rule = rule;
        this.book = book;
        this.clock = clock;
    }

    @Override
    public MemberSource rule() {
        return rule.get();
    }

    /** Nobody, where the source is silent for too long: it may have been told of leavers that are not known here. */
    @Override
    public Function<Actor, Optional<Term>> in(Connection connection) {
        return terms(account -> book.get().shared(connection, account));
    }

    @Override
    public Function<Actor, Optional<Term>> seen() {
        return terms(account -> book.get().byAccount(account));
    }

    private Function<Actor, Optional<Term>> terms(Function<AccountName, Optional<Membership>> known) {
        Instant now = clock.now();
        boolean silent = book.get()
                .said()
                .filter(said -> now.isBefore(said.plus(rule.get().silentAfter())))
                .isEmpty();
        return name -> silent || !AccountName.isOne(name.name())
                ? Optional.empty()
                : known.apply(new AccountName(name.name()))
                        .filter(member -> member.covers(Members.day(now)))
                        .map(MemberSignatories::term);
    }

    private static Term term(Membership member) {
        Instant since = member.person()
                .term()
                .since()
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(member.joined());
        return new Term(since, member.person().place().institute());
    }
}
