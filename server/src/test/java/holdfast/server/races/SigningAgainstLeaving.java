package holdfast.server.races;

import holdfast.access.MemberId;
import holdfast.access.Person;
import holdfast.access.Person.Means;
import holdfast.access.Person.Place;
import holdfast.access.Person.Term;
import holdfast.access.Roster;
import holdfast.evidence.FactKinds;
import holdfast.journal.Fact;
import holdfast.plan.MemberSource;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.SignerNamed;
import holdfast.retention.SignedAct;
import holdfast.server.members.MemberBook;
import holdfast.server.races.Ground.Unlawful;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Registry;
import holdfast.server.sql.StateRows;
import holdfast.server.work.ActRefused;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Two approve a release of raw data while one of them leaves, or is a signer no more, or somebody gives the act up, and two nodes
 * carry out what may be carried out: no act is signed, and no byte goes, with fewer signatures of members than the plan asks.
 */
final class SigningAgainstLeaving implements Race {
    private static final Duration PAST_THE_WINDOW = Duration.ofDays(8);
    private static final int OTHERS = 20;
    private static final int NEEDED = 2;
    private static final DataId FILE = Cast.id(0);
    private static final Actor KEEPER = new Actor("keeper");

    private static final MemberSource RULE = new MemberSource(
            MemberSource.From.EXPORT,
            Duration.ofDays(400),
            new MemberSource.Signing(Duration.ofDays(30), Duration.ofDays(7), true));

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        Cast cast = new Cast(ground);
        cast.threeCopies(FILE);
        ground.node(0).export(roster(Set.of("alice", "bob")));
        ground.nodes.forEach(Node::begin);
        ground.nodes.forEach(node -> node.membersSign(RULE));
        ground.beforeBytesGo(() -> lookBefore(ground));
        SignedAct act = random.nextBoolean()
                ? Signing.signed(ground.node(0), Ground.NEAR, FILE)
                : Signing.halfSigned(ground.node(0), Ground.NEAR, FILE);
        Actor leaver = random.nextBoolean() ? Signing.ALICE : Signing.BOB;
        int how = random.nextInt(4);
        ground.turns(random)
                .actor("approves", ground.threads(), () -> {
                    Signing.sign(ground.node(0), act, Signing.BOB);
                    ground.pass(PAST_THE_WINDOW);
                    ground.node(0).releaser.step();
                })
                .actor("leaves", ground.threads(), () -> leave(ground.node(1), act, leaver, how))
                .actor("deletes", ground.threads(), () -> {
                    ground.pass(PAST_THE_WINDOW);
                    ground.node(2).releaser.step();
                })
                .play();
        ground.pass(PAST_THE_WINDOW);
        ground.node(2).releaser.step();
        neverSignedByFewer(ground);
        cast.eachCopyHasItsBytes(List.of(FILE));
        ground.summariesAreFresh();
        ground.check();
    }

    private static void leave(Node node, SignedAct act, Actor leaver, int how) {
        switch (how) {
            case 0 -> Signing.withdraw(node, act);
            case 1 -> {
                try {
                    node.acts.retire(leaver, KEEPER);
                } catch (ActRefused already) {
                    return;
                }
            }
            default -> node.export(roster(Set.of(leaver.equals(Signing.ALICE) ? "bob" : "alice")));
        }
    }

    /** These two, of different institutes, and enough others that one who leaves is no tenth of them. */
    private static Roster roster(Set<String> people) {
        TreeMap<MemberId, Person> all = new TreeMap<>();
        people.forEach(name -> all.put(new MemberId(name), person(name, "institute-of-" + name)));
        for (int i = 0; i < OTHERS; i++) {
            all.put(new MemberId("member-" + i), person("member-" + i, "elsewhere"));
        }
        Digest digest = Digest.sha256(all.keySet().toString().getBytes(StandardCharsets.UTF_8));
        return new Roster(all, Optional.empty(), digest);
    }

    private static Person person(String name, String institute) {
        return new Person(
                new MemberId(name),
                new Term(Optional.of(LocalDate.of(2020, 1, 1)), Optional.empty()),
                new Place(Optional.of(institute), new TreeSet<>(), new TreeSet<>()),
                new Means(Optional.empty(), new TreeSet<>()));
    }

    /** By all that is committed at the moment at which bytes go, those who signed are members. */
    private static void lookBefore(Ground ground) {
        Node witness = ground.witness();
        Set<String> members = new MemberBook(
                        MemberSource.From.EXPORT, new Registry(witness.database, witness.journal), witness.memory)
                .all().values().stream()
                        .filter(member -> member.left().isEmpty())
                        .map(member -> member.person().id().text())
                        .collect(Collectors.toSet());
        for (SignedAct act : witness.acts.all()) {
            List<String> signers =
                    act.signatures().stream().map(s -> s.signer().name()).toList();
            if (act.state() != SignedAct.State.SIGNED || signers.size() < NEEDED || !members.containsAll(signers)) {
                throw new Unlawful("bytes go by " + act.state() + " of " + signers + " while members are " + members);
            }
        }
    }

    /** In the order of the journal, whoever signed was a member and a signer when the act was signed. */
    private static void neverSignedByFewer(Ground ground) {
        Node node = ground.node(0);
        Set<String> members = new HashSet<>();
        Set<String> signers = new HashSet<>();
        new StateRows(node.database, new Entries(node.database), node.words)
                .lines(entry -> look(FactKinds.read(entry), members, signers));
    }

    private static void look(Fact fact, Set<String> members, Set<String> signers) {
        switch (fact) {
            case SignerNamed named -> change(signers, named.signer().name().name(), !named.retired());
            case DocumentsChanged documents ->
                documents.changes().stream()
                        .filter(change -> change.name().kind().equals("member"))
                        .forEach(change -> change(
                                members,
                                change.name().key(),
                                !change.text().orElse("\"left\"").contains("\"left\"")));
            case ActChanged changed
            when changed.act().state() == SignedAct.State.SIGNED -> {
                List<String> by = changed.act().signatures().stream()
                        .map(s -> s.signer().name())
                        .toList();
                if (by.size() < NEEDED || !members.containsAll(by) || !signers.containsAll(by)) {
                    throw new AssertionError(
                            "signed by %s while members are %s and signers %s".formatted(by, members, signers));
                }
            }
            default -> {}
        }
    }

    private static void change(Set<String> names, String name, boolean in) {
        if (in) {
            names.add(name);
        } else {
            names.remove(name);
        }
    }
}
