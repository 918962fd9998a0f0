package holdfast.server.members;

import holdfast.server.catalog.Account;
import holdfast.server.catalog.Accounts;
import holdfast.server.catalog.Scopes;
import holdfast.server.clock.HouseClock;
import holdfast.server.members.Members.Standing;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Visible;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The report for the periodic access review: each account with who it is and what it has, and what somebody should look at. */
public final class AccessReview {
    private final Desk desk;

    public AccessReview(Desk desk) {
        this.desk = desk;
    }

    /** What it reads. */
    public record Desk(
            SourceWatch source,
            Members members,
            Supplier<MemberBook> book,
            People people,
            Database database,
            HouseClock clock) {}

    /** Accounts and what is theirs. @param logins the last ones that are known */
    public record People(Accounts accounts, Scopes scopes, Supplier<Map<AccountName, Instant>> logins) {}

    /**
     * An account.
     *
     * @param member who it is by the source, whether they stand or left
     * @param roles those that count now
     * @param lastLogin of logins that still stand; an hour by token, eight in a browser
     * @param findings what somebody should look at, in words
     */
    public record Line(
            Account account,
            Optional<Membership> member,
            Standing standing,
            Set<String> roles,
            Optional<Instant> lastLogin,
            Service service,
            Holds holds,
            List<String> findings) {}

    /** Whose a service account is, and its last day, as its attributes say it. */
    public record Service(Optional<String> owner, Optional<String> until) {}

    /** What an account has. */
    public record Holds(long scopes, long rules) {}

    /** @param withoutAccount members who stand, and of whom no account is known */
    public record Report(SourceWatch.State source, Instant at, List<Line> lines, List<Membership> withoutAccount) {}

    public Report report() {
        SourceWatch.State source = desk.source.now();
        Instant now = desk.clock.now();
        Map<AccountName, Long> scopes = desk.people.scopes().all(Visible.EVERYTHING).values().stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Map<AccountName, Long> rules = rules();
        Map<AccountName, Instant> logins = desk.people.logins().get();
        List<Line> lines = new ArrayList<>();
        for (Account account : desk.people.accounts().all()) {
            Holds holds = new Holds(scopes.getOrDefault(account.name(), 0L), rules.getOrDefault(account.name(), 0L));
            lines.add(line(source, account, holds, Optional.ofNullable(logins.get(account.name()))));
        }
        return new Report(source, now, List.copyOf(lines), withoutAccount(Members.day(now)));
    }

    private Line line(SourceWatch.State source, Account account, Holds holds, Optional<Instant> lastLogin) {
        Map<String, String> attributes = desk.people.accounts().attributes(account.name());
        Standing standing = desk.members.known(account.name());
        Service service = new Service(
                Optional.ofNullable(attributes.get(Members.OWNER)), Optional.ofNullable(attributes.get(Members.UNTIL)));
        List<String> findings = new ArrayList<>();
        if (desk.people.accounts().isAdmin(account.name())) {
            findings.add("administrator: sees and may do everything");
        }
        if (!account.name().equals(AccountName.ROOT)) {
            findings.addAll(findings(source, account, standing, new Owned(service, holds)));
        }
        return new Line(
                account,
                desk.book.get().byAccount(account.name()),
                standing,
                standing instanceof Standing.Active(Set<String> roles) ? roles : Set.of(),
                lastLogin,
                service,
                holds,
                List.copyOf(findings));
    }

    private record Owned(Service service, Holds holds) {}

    private List<String> findings(SourceWatch.State source, Account account, Standing standing, Owned owned) {
        List<String> findings = new ArrayList<>();
        boolean isOutside = source.source().isOutside();
        if (standing instanceof Standing.Left) {
            findings.add("left: it is refused everywhere; suspend or delete it");
            if (owned.holds().scopes() + owned.holds().rules() > 0) {
                findings.add("left with %d scopes and %d rules: give them to somebody who stays"
                        .formatted(owned.holds().scopes(), owned.holds().rules()));
            }
        }
        if (account.type() == Account.Type.SERVICE) {
            service(owned.service(), standing).ifPresent(findings::add);
        } else if (isOutside && desk.book.get().byAccount(account.name()).isEmpty()) {
            findings.add(
                    account.type() == Account.Type.GROUP
                            ? "shared: who may act in it are those whose identities are mapped to it and are members"
                            : "nobody's: no member has it");
        }
        return findings;
    }

    private static Optional<String> service(Service service, Standing standing) {
        if (service.owner().isEmpty()) {
            return Optional.of("service without an owner: set its attribute owner to a member's account or id");
        }
        if (service.until().isEmpty()) {
            return Optional.of("service without an end: set its attribute until to its last day, such as 2027-06-30");
        }
        return standing instanceof Standing.Active
                ? Optional.empty()
                : Optional.of(
                        "service that counts as no member: its owner is none, or its last day is over or no date");
    }

    private List<Membership> withoutAccount(LocalDate today) {
        return desk.book.get().all().values().stream()
                .filter(member -> member.covers(today))
                .filter(member -> member.person()
                        .account()
                        .filter(desk.people.accounts()::exists)
                        .isEmpty())
                .toList();
    }

    /** Rules that stand, by account. */
    private Map<AccountName, Long> rules() {
        return desk.database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select account, count(*) from rule where not removed group by account");
                    ResultSet row = select.executeQuery()) {
                Map<AccountName, Long> rules = new HashMap<>();
                while (row.next()) {
                    rules.put(new AccountName(row.getString(1)), row.getLong(2));
                }
                return rules;
            }
        });
    }
}
