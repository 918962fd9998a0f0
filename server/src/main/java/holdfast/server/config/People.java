package holdfast.server.config;

import holdfast.alarm.Situation;
import holdfast.plan.MemberSource;
import holdfast.plan.Plan;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Scopes;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.LoginTokens;
import holdfast.server.members.AccessReview;
import holdfast.server.members.MemberBook;
import holdfast.server.members.MemberDesk;
import holdfast.server.members.MemberHistory;
import holdfast.server.members.MemberSignatories;
import holdfast.server.members.MemberSync;
import holdfast.server.members.Members;
import holdfast.server.members.MembersRound;
import holdfast.server.members.Sightings;
import holdfast.server.members.SourceWatch;
import holdfast.server.members.Viewers;
import holdfast.server.sql.Database;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Registry;
import holdfast.server.work.Signatories;
import java.util.function.Supplier;

/** Who is a member, who says so, and what people may therefore see and sign. */
final class People {
    final Supplier<MemberBook> book;
    final Sightings sightings;
    final Members members;
    final MemberSync sync;
    final MembersRound round;
    final SourceWatch watch;
    final MemberDesk desk;
    final Viewers viewers;
    final Signatories signatories;

    /** What it stands on. */
    record Ground(
            Options options,
            Database database,
            Registry registry,
            Memory memory,
            Entries entries,
            Leases leases,
            HouseClock clock) {}

    /** Whom accounts and their logins are asked for. */
    record Known(Accounts accounts, Scopes scopes, LoginTokens tokens) {}

    People(Ground ground, Known known, Supplier<Plan> plan) {
        HouseClock clock = ground.clock();
        Supplier<MemberSource> source = () -> plan.get().members();
        MemberBook exported = new MemberBook(MemberSource.From.EXPORT, ground.registry(), ground.memory());
        MemberBook seen = new MemberBook(MemberSource.From.GROUPS, ground.registry(), ground.memory());
        book = () -> source.get().from() == MemberSource.From.GROUPS ? seen : exported;
        sightings = new Sightings(source, seen, known.accounts(), clock);
        members = new Members(source, known.accounts(), book, clock);
        sync = new MemberSync(exported, clock);
        round = new MembersRound(
                ground.options().members(),
                new MembersRound.Desk(sync, ground.leases(), ground.memory(), clock, House.LEASE));
        watch = new SourceWatch(source, book, ground.memory(), clock);
        desk = new MemberDesk(
                sync,
                book,
                new MemberHistory(ground.entries(), book),
                new AccessReview(new AccessReview.Desk(
                        watch,
                        members,
                        book,
                        new AccessReview.People(known.accounts(), known.scopes(), known.tokens()::lastLogins),
                        ground.database(),
                        clock)),
                watch);
        viewers = new Viewers(plan, known.accounts(), members);
        signatories = new MemberSignatories(source, book, clock);
    }

    /** Whether whoever acts for an account has not left. */
    boolean mayAct(Caller caller) {
        return members.mayAct(caller);
    }

    /** What the alarms should know of the source. */
    Situation.Members seen() {
        SourceWatch.State now = watch.now();
        return new Situation.Members(now.silentSince(), now.problem().map(SourceWatch.Problem::since));
    }
}
