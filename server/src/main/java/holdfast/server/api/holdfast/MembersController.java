package holdfast.server.api.holdfast;

import holdfast.access.Person;
import holdfast.access.Roster;
import holdfast.formats.MembersFile;
import holdfast.server.clock.HouseClock;
import holdfast.server.members.AccessReview;
import holdfast.server.members.LastWord;
import holdfast.server.members.MemberDesk;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.members.MemberSync.Outcome;
import holdfast.server.members.Members.Standing;
import holdfast.server.members.Membership;
import holdfast.server.members.SourceWatch;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Actor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Members: taking an export in, who is one, who was one when, and the access review. */
@RestController
@RequestMapping("/api/members")
class MembersController {
    private final MemberDesk desk;
    private final HouseClock clock;

    MembersController(MemberDesk desk, HouseClock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    record Member(
            String id,
            @Nullable String account,
            @Nullable String institute,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            Instant joined,
            @Nullable Instant left,
            boolean active,
            List<String> roles,
            List<String> groups) {
        static Member of(Membership m, Instant at) {
            Person person = m.person();
            return new Member(
                    person.id().text(),
                    person.account().map(AccountName::name).orElse(null),
                    person.place().institute().orElse(null),
                    person.term().since().orElse(null),
                    person.term().until().orElse(null),
                    m.joined(),
                    m.left().orElse(null),
                    m.covers(LocalDate.ofInstant(at, ZoneOffset.UTC)),
                    List.copyOf(person.place().roles()),
                    List.copyOf(person.place().groups()));
        }
    }

    /** What an export came to. @param wrote false where it said what is known, of the same moment */
    record Synchronised(
            List<String> joined, List<String> changed, List<String> left, int members, Instant said, boolean wrote) {}

    record State(
            String from,
            String silentAfter,
            @Nullable Instant said,
            @Nullable Instant silentSince,
            @Nullable Word lastWord,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    record Word(
            Instant said,
            Instant taken,
            String digest,
            int members,
            int joined,
            int changed,
            int left,
            String by,
            @Nullable Long accepted) {
        static Word of(LastWord word) {
            return new Word(
                    word.said(),
                    word.taken(),
                    word.digest(),
                    word.members(),
                    word.moved().joined(),
                    word.moved().changed(),
                    word.moved().left(),
                    word.by(),
                    word.accepted().orElse(null));
        }
    }

    record Reviewed(
            String account,
            String type,
            String status,
            String standing,
            @Nullable String member,
            @Nullable String institute,
            List<String> roles,
            List<String> groups,
            @Nullable LocalDate since,
            @Nullable LocalDate until,
            @Nullable Instant lastLogin,
            @Nullable String owner,
            @Nullable String ends,
            long scopes,
            long rules,
            List<String> findings) {}

    record Review(Instant at, State source, List<Reviewed> accounts, List<Member> withoutAccount) {}

    @GetMapping
    List<Member> members(@RequestParam @Nullable Instant at) {
        Instant moment = at == null ? clock.now() : at;
        Collection<Membership> all =
                (at == null ? desk.book().get().all() : desk.history().at(at)).values();
        return all.stream().map(member -> Member.of(member, moment)).toList();
    }

    /**
     * Takes an export in.
     *
     * @param said of which moment it is; now if not given. Where it says so itself, the earlier of the two counts
     * @param accept how many are meant to leave
     */
    @PostMapping
    Synchronised sync(
            @RequestBody String text,
            @RequestParam @Nullable Instant said,
            @RequestParam @Nullable Long accept,
            @RequestParam(defaultValue = "false") boolean dryRun,
            Actor by) {
        Roster roster = MembersFile.read(text, "members").orThrow();
        OptionalLong accepted = accept == null ? OptionalLong.empty() : OptionalLong.of(accept);
        Instant moment = said == null ? clock.now() : said;
        return switch (desk.sync().take(new Export(roster, moment, accepted, by), dryRun)) {
            case Outcome.Taken taken -> told(taken);
            case Outcome.Refused refused -> throw new Problem.Told(Problem.REFUSED, refused.why());
            case Outcome.Older older -> throw new Problem.Told(Problem.REFUSED, older.why());
            case Outcome.Unknown unknown -> throw new Problem.Told(Problem.UNKNOWN_OUTCOME, unknown.why());
        };
    }

    private static Synchronised told(Outcome.Taken taken) {
        return new Synchronised(
                ids(taken.changes().joining()),
                ids(taken.changes().changing()),
                taken.changes().leaving().stream().map(Object::toString).toList(),
                taken.word().members(),
                taken.word().said(),
                taken.wrote());
    }

    private static List<String> ids(List<Person> people) {
        return people.stream().map(person -> person.id().text()).toList();
    }

    @GetMapping("/source")
    State state() {
        return state(desk.watch().now());
    }

    private static State state(SourceWatch.State now) {
        return new State(
                now.source().from().name().toLowerCase(Locale.ROOT),
                now.source().silentAfter().toString(),
                now.said().orElse(null),
                now.silentSince().orElse(null),
                now.word().map(Word::of).orElse(null),
                now.problem().map(SourceWatch.Problem::what).orElse(null),
                now.problem().map(SourceWatch.Problem::since).orElse(null));
    }

    @GetMapping("/review")
    Review review() {
        AccessReview.Report report = desk.review().report();
        return new Review(
                report.at(),
                state(report.source()),
                report.lines().stream().map(MembersController::line).toList(),
                report.withoutAccount().stream()
                        .map(member -> Member.of(member, report.at()))
                        .toList());
    }

    private static Reviewed line(AccessReview.Line line) {
        Optional<Person> person = line.member().map(Membership::person);
        return new Reviewed(
                line.account().name().name(),
                line.account().type().name(),
                line.account().status().name(),
                standing(line.standing()),
                person.map(p -> p.id().text()).orElse(null),
                person.flatMap(p -> p.place().institute()).orElse(null),
                line.roles().stream().sorted().toList(),
                person.map(p -> List.copyOf(p.place().groups())).orElse(List.of()),
                person.flatMap(p -> p.term().since()).orElse(null),
                person.flatMap(p -> p.term().until()).orElse(null),
                line.lastLogin().orElse(null),
                line.service().owner().orElse(null),
                line.service().until().orElse(null),
                line.holds().scopes(),
                line.holds().rules(),
                line.findings());
    }

    private static String standing(Standing standing) {
        return switch (standing) {
            case Standing.Active _ -> "ACTIVE";
            case Standing.Left _ -> "LEFT";
            case Standing.Unknown _ -> "UNKNOWN";
        };
    }
}
