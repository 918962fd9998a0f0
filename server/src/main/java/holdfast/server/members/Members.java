package holdfast.server.members;

import holdfast.access.Asker;
import holdfast.access.MemberId;
import holdfast.plan.MemberGroups;
import holdfast.plan.MemberSource;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.catalog.Account;
import holdfast.server.catalog.Accounts;
import holdfast.server.clock.HouseClock;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.BadWord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the source of members says of somebody. */
public final class Members {
    /** The attribute of a service account that names whose it is: a member's account or id. */
    public static final String OWNER = "owner";

    /** The attribute of a service account that names its last day. */
    public static final String UNTIL = "until";

    private final Supplier<MemberSource> source;
    private final Accounts accounts;
    private final Supplier<MemberBook> book;
    private final HouseClock clock;

    /** What somebody is, by the source's last word. */
    public sealed interface Standing {
        /** A member today, with the roles that the source gives. */
        record Active(Set<String> roles) implements Standing {
            public Active {
                roles = Set.copyOf(roles);
            }
        }

        /** Was a member once, and is none any more. */
        record Left() implements Standing {}

        /** The source does not know of them, or is silent for too long. */
        record Unknown() implements Standing {}
    }

    public Members(Supplier<MemberSource> source, Accounts accounts, Supplier<MemberBook> book, HouseClock clock) {
        this.source = source;
        this.accounts = accounts;
        this.book = book;
        this.clock = clock;
    }

    /**
     * What somebody is now. By an export: who comes with an identity that it names is that person, whatever account they act for; else
     * the account says who it is. Where either has left, they may not act. By groups: what was said of them with this very login.
     */
    public Standing of(Caller caller) {
        MemberSource asked = source.get();
        return switch (asked.from()) {
            case ACCOUNTS -> byAccounts(caller.account());
            case EXPORT -> byExport(caller.account(), caller.identity());
            case GROUPS -> byGroups(caller, asked.groups().orElseThrow());
        };
    }

    /** What an account is, as far as that is known without whoever comes in by it. */
    public Standing known(AccountName account) {
        return switch (source.get().from()) {
            case ACCOUNTS -> byAccounts(account);
            case EXPORT -> byExport(account, "");
            case GROUPS -> bySightings(account);
        };
    }

    /** The roles of whoever an account is; none where it is no member's now. */
    public Set<String> roles(AccountName account) {
        boolean inDoubt = source.get()
                .groups()
                .flatMap(groups -> book.get().byAccount(account).map(member -> isOld(member, groups)))
                .orElse(false);
        return !inDoubt && known(account) instanceof Standing.Active(Set<String> roles) ? roles : Set.of();
    }

    /** Whether somebody was seen before yesterday last: a login of that day is over. */
    private boolean isOld(Membership member, MemberGroups groups) {
        LocalDate seen = member.person()
                .term()
                .until()
                .map(last -> last.minusDays(groups.seenWithin().toDays()))
                .orElse(LocalDate.MIN);
        return seen.isBefore(today().minusDays(1));
    }

    /**
     * Whether somebody may act at all: who has left may not, by whatever they come in. The account root is nobody's, and
     * stays; who left does not come in by it either.
     */
    public boolean mayAct(Caller caller) {
        if (caller.account().equals(AccountName.ROOT)) {
            LocalDate today = today();
            return source.get().from() != MemberSource.From.EXPORT
                    || book.get()
                            .byIdentity(caller.identity())
                            .filter(one -> one.isOver(today))
                            .isEmpty();
        }
        return !(of(caller) instanceof Standing.Left);
    }

    private Standing byAccounts(AccountName name) {
        Optional<Account> account = accounts.find(name).filter(one -> accounts.isActive(name));
        if (account.isEmpty()) {
            return new Standing.Unknown();
        }
        return account.get().type() == Account.Type.SERVICE
                ? service(name, today(), this::isPersonsAccount)
                : new Standing.Active(Set.of());
    }

    private boolean isPersonsAccount(String owner) {
        return AccountName.isOne(owner)
                && accounts.find(new AccountName(owner))
                        .filter(account -> account.type() != Account.Type.SERVICE)
                        .filter(account -> accounts.isActive(account.name()))
                        .isPresent();
    }

    private Standing byExport(AccountName name, String identity) {
        Instant now = clock.now();
        LocalDate today = day(now);
        Optional<Membership> shown = book.get().byIdentity(identity);
        Optional<Membership> owner = book.get().byAccount(name);
        if (Stream.concat(shown.stream(), owner.stream()).anyMatch(one -> one.isOver(today))) {
            return new Standing.Left();
        }
        if (isSilent(now) || !accounts.isActive(name)) {
            return new Standing.Unknown();
        }
        if (accounts.known(name).type() == Account.Type.SERVICE) {
            return service(name, today, text -> isMember(text, today));
        }
        return shown.or(() -> owner)
                .filter(one -> one.covers(today))
                .<Standing>map(one -> new Standing.Active(one.person().place().roles()))
                .orElseGet(Standing.Unknown::new);
    }

    /** Nobody is said to have left: who is in no group that makes a member is an outsider with an account. */
    private Standing byGroups(Caller caller, MemberGroups groups) {
        AccountName name = caller.account();
        if (!accounts.isActive(name)) {
            return new Standing.Unknown();
        }
        if (accounts.known(name).type() == Account.Type.SERVICE) {
            return service(name, today(), owner -> isMember(owner, today()));
        }
        Optional<Instant> left = book.get().byAccount(name).flatMap(Membership::left);
        return caller.claim()
                .filter(claim -> left.filter(end -> !claim.said().isAfter(end)).isEmpty())
                .flatMap(claim -> claim.place(groups))
                .<Standing>map(place -> new Standing.Active(place.roles()))
                .orElseGet(Standing.Unknown::new);
    }

    private Standing bySightings(AccountName name) {
        if (!accounts.isActive(name)) {
            return new Standing.Unknown();
        }
        if (accounts.known(name).type() == Account.Type.SERVICE) {
            return service(name, today(), owner -> isMember(owner, today()));
        }
        return book.get()
                .byAccount(name)
                .filter(one -> one.covers(today()))
                .<Standing>map(one -> new Standing.Active(one.person().place().roles()))
                .orElseGet(Standing.Unknown::new);
    }

    /** Whether the source's last word is too old to go by; it is where it never spoke. */
    private boolean isSilent(Instant now) {
        return book.get()
                .said()
                .filter(said -> now.isBefore(said.plus(source.get().silentAfter())))
                .isEmpty();
    }

    private boolean isMember(String owner, LocalDate today) {
        return owned(owner).filter(one -> one.covers(today)).isPresent();
    }

    /** The member whom an owner's text names: by account, else by id. */
    Optional<Membership> owned(String owner) {
        Optional<Membership> byAccount =
                AccountName.isOne(owner) ? book.get().byAccount(new AccountName(owner)) : Optional.empty();
        try {
            return byAccount.or(() -> book.get().byId(new MemberId(owner)));
        } catch (BadWord nobody) {
            return Optional.empty();
        }
    }

    /** A service account acts for a person and for a time: both are needed, and the roles are its own. */
    private Standing service(AccountName name, LocalDate today, java.util.function.Predicate<String> isOwner) {
        Map<String, String> attributes = accounts.attributes(name);
        Asker asker = new Asker(name, attributes);
        boolean owned =
                Optional.ofNullable(attributes.get(OWNER)).filter(isOwner).isPresent();
        boolean lasts = until(attributes).filter(last -> !today.isAfter(last)).isPresent();
        return owned && lasts
                ? new Standing.Active(
                        attributes.keySet().stream().filter(asker::has).collect(Collectors.toUnmodifiableSet()))
                : new Standing.Unknown();
    }

    /** A service account's last day; empty where it has none that can be read. */
    static Optional<LocalDate> until(Map<String, String> attributes) {
        try {
            return Optional.ofNullable(attributes.get(UNTIL)).map(LocalDate::parse);
        } catch (DateTimeException notADay) {
            return Optional.empty();
        }
    }

    private LocalDate today() {
        return day(clock.now());
    }

    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
