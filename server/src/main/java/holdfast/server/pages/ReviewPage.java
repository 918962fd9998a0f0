package holdfast.server.pages;

import holdfast.access.Person;
import holdfast.plan.MemberSource;
import holdfast.server.catalog.Account;
import holdfast.server.members.AccessReview.Line;
import holdfast.server.members.AccessReview.Report;
import holdfast.server.members.Members.Standing;
import holdfast.server.members.Membership;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.ReviewView;
import holdfast.server.pages.view.ReviewView.Former;
import holdfast.server.pages.view.ReviewView.Row;
import holdfast.vocabulary.AccountName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The access review as a page that prints well: first what somebody should look at. */
final class ReviewPage {
    private static final String NOTHING = "—";

    private ReviewPage() {}

    static String render(PageData page, Report report, Collection<Membership> known, Optional<String> viewer) {
        return Templates.render("review.jte", view(page, report, known, viewer));
    }

    static ReviewView view(PageData page, Report report, Collection<Membership> known, Optional<String> viewer) {
        Surround surround = new Surround(page, viewer);
        LocalDate today = LocalDate.ofInstant(report.at(), ZoneOffset.UTC);
        MemberSource.From from = report.source().source().from();
        List<Row> rows = report.lines().stream()
                .sorted(Comparator.comparing((Line line) -> line.findings().isEmpty())
                        .thenComparing(line -> line.account().name()))
                .map(line -> row(line, from))
                .toList();
        long marked = rows.stream().filter(row -> !row.findings().isEmpty()).count();
        return new ReviewView(
                surround.chrome("Access review", Surround.Here.REVIEW),
                surround.asOf(),
                source(report, from),
                report.source()
                        .silentSince()
                        .map(since -> "The source is silent since " + Moment.words(since)
                                + ": levels for members are closed to them."),
                "%s accounts, %s with something to look at"
                        .formatted(Numbers.count(rows.size()), Numbers.count(marked)),
                rows,
                known.stream()
                        .filter(one -> one.isOver(today))
                        .map(ReviewPage::former)
                        .toList(),
                report.withoutAccount().stream().map(ReviewPage::former).toList());
    }

    private static String source(Report report, MemberSource.From from) {
        return switch (from) {
            case ACCOUNTS -> "The accounts of this house: nobody outside vouches for them.";
            case EXPORT -> export(report);
            case GROUPS ->
                report.source()
                        .said()
                        .map(said ->
                                "The groups of whoever comes in; a member last came in " + Moment.words(said) + ".")
                        .orElse("The groups of whoever comes in; no member has come in yet.");
        };
    }

    private static String export(Report report) {
        return report.source()
                .word()
                .map(word -> "An export of %s, taken %s, brought by %s: %s people."
                        .formatted(
                                Moment.words(word.said()),
                                Moment.words(word.taken()),
                                word.by(),
                                Numbers.count(word.members())))
                .orElse("An export; none has come yet, so nobody is a member.");
    }

    private static Row row(Line line, MemberSource.From from) {
        Account account = line.account();
        return new Row(
                account.name().name(),
                word(account.type()) + (account.status() == Account.Status.ACTIVE ? "" : ", " + word(account.status())),
                who(line),
                standing(line.standing()),
                from(line, from),
                term(line),
                has(line),
                line.lastLogin().map(Moment::words).orElse("not known"),
                line.findings());
    }

    private static String word(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static String who(Line line) {
        return line.member()
                .map(member -> member.person().id().text()
                        + member.person()
                                .place()
                                .institute()
                                .map(at -> ", " + at)
                                .orElse(""))
                .or(() -> line.service().owner().map(owner -> "program of " + owner))
                .orElse(NOTHING);
    }

    private static String standing(Standing standing) {
        return switch (standing) {
            case Standing.Active _ -> "member";
            case Standing.Left _ -> "left";
            case Standing.Unknown _ -> "no member";
        };
    }

    private static String from(Line line, MemberSource.From from) {
        if (line.account().name().equals(AccountName.ROOT)) {
            return "the house";
        }
        if (line.account().type() == Account.Type.SERVICE) {
            return line.service().owner().isPresent() ? "its owner" : NOTHING;
        }
        return switch (from) {
            case ACCOUNTS -> "accounts";
            case EXPORT -> line.member().isPresent() ? "export" : NOTHING;
            case GROUPS -> line.member().isPresent() ? "groups" : NOTHING;
        };
    }

    private static String term(Line line) {
        return line.member()
                .map(ReviewPage::term)
                .orElseGet(() -> "account made "
                        + day(line.account().times().created())
                        + line.service().until().map(last -> ", until " + last).orElse(""));
    }

    private static String term(Membership member) {
        Person.Term term = member.person().term();
        return "since " + term.since().map(LocalDate::toString).orElseGet(() -> day(member.joined()))
                + term.until().map(last -> ", until " + last).orElse("");
    }

    private static String has(Line line) {
        List<String> has = new ArrayList<>();
        line.roles().stream().sorted().forEach(has::add);
        line.member().ifPresent(member -> member.person().place().groups().forEach(group -> has.add("group " + group)));
        count(has, line.holds().scopes(), "scope");
        count(has, line.holds().rules(), "rule");
        return has.isEmpty() ? NOTHING : String.join(", ", has);
    }

    private static void count(List<String> has, long count, String what) {
        if (count > 0) {
            has.add(Numbers.count(count) + " " + what + (count == 1 ? "" : "s"));
        }
    }

    private static Former former(Membership member) {
        Person person = member.person();
        return new Former(
                person.id().text(),
                person.account().map(AccountName::name).orElse(NOTHING),
                person.place().institute().orElse(NOTHING),
                term(member),
                member.left()
                        .map(ReviewPage::day)
                        .or(() -> person.term().until().map(last -> "after " + last))
                        .orElse(NOTHING));
    }

    private static String day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC).toString();
    }
}
