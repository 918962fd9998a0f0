package holdfast.server.publishing;

import holdfast.catalog.FileRow;
import holdfast.ingest.Finding;
import holdfast.ingest.Submission;
import holdfast.journal.Fact;
import holdfast.judgement.Holding;
import holdfast.plan.Attributes;
import holdfast.retention.Act;
import holdfast.retention.PublishGuard;
import holdfast.retention.Quorum;
import holdfast.retention.Quorum.Signatory;
import holdfast.retention.Quorum.Term;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.ActChanged.Step;
import holdfast.retention.RetentionFact.Published;
import holdfast.retention.Selected;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.server.reading.Offer;
import holdfast.server.reading.Offers;
import holdfast.server.reading.Offers.Offered;
import holdfast.server.reading.Opened;
import holdfast.server.reading.Reader;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.Leases.Lease;
import holdfast.server.sql.PublishedTable;
import holdfast.server.sql.WithheldTable;
import holdfast.server.sql.WithheldTable.Withheld;
import holdfast.server.work.Intake;
import holdfast.server.work.ReleaseCircumstances;
import holdfast.server.work.Signatories;
import holdfast.server.work.Workplace;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes public what two have signed, when it can be undone no more: reads a good copy of each file and brings its bytes in
 * under the new name, by the same door as every other file. That they may is asked in the transaction that registers them,
 * so a member who left or a withdrawal stops even bytes that lie there already. What was cut off is taken up again: bytes
 * that stand at the new path are compared, never overwritten.
 */
public final class PublishWorker {
    private static final Actor PUBLISHER = new Actor("publisher");
    private static final Duration LEASE = Duration.ofMinutes(1);

    /** What is wrong with one copy only; another may do. */
    private static final Set<Finding.Code> OF_ONE_COPY =
            Set.of(Finding.Code.DIGEST_MISMATCH, Finding.Code.SIZE_MISMATCH, Finding.Code.UNREADABLE);

    private final Workplace place;
    private final Judges judges;
    private final Sources sources;
    private final Holdings holdings;
    private final ActTables acts = new ActTables();
    private final PublishedTable published = new PublishedTable();
    private final Map<DataId, String> told = new HashMap<>();

    /** Who says whether it may be done. */
    public record Judges(ReleaseCircumstances circumstances, Signatories signatories) {}

    /** Where bytes come from and go to. */
    public record Sources(Offers offers, Reader reader, Intake intake) {}

    public PublishWorker(Workplace place, Judges judges, Sources sources) {
        this.place = place;
        this.judges = judges;
        this.sources = sources;
        this.holdings = new Holdings(place.words());
    }

    /** Goes through what may become public now; answers how many files did. */
    public int step() {
        Optional<Lease> lease = place.leases().take("publish", LEASE);
        if (lease.isEmpty()) {
            return 0;
        }
        int made = 0;
        for (SignedAct act : place.database().read(acts::goingOn)) {
            if (act.state() == State.SIGNED
                    && act.act() instanceof Act.Publish publish
                    && !place.clock().now().isBefore(act.undoUntil())) {
                made += carryOut(new Going(act.id(), publish, lease.get()));
            }
        }
        return made;
    }

    private record Going(UUID act, Act.Publish publish, Lease lease) {}

    private int carryOut(Going going) {
        int made = 0;
        for (Selected one : left(going)) {
            if (place.leases()
                    .take(going.lease.name(), LEASE)
                    .filter(going.lease::equals)
                    .isEmpty()) {
                return made;
            }
            Optional<String> obstacle = place.database().write(connection -> obstacle(connection, going, one));
            if (obstacle.isPresent()) {
                tell(going.act, one, obstacle.get());
            } else if (make(going, one)) {
                made++;
            }
        }
        if (left(going).isEmpty()) {
            place.journal().append(PUBLISHER, connection -> end(connection, going.act));
        }
        return made;
    }

    private List<Selected> left(Going going) {
        Set<DataId> done = place.database().read(connection -> published.by(connection, going.act)).stream()
                .map(made -> made.file().to())
                .collect(Collectors.toSet());
        return going.publish.files().stream()
                .filter(one -> !done.contains(one.to()))
                .toList();
    }

    /** One copy after the other, the best first, until one has the bytes that were signed for. */
    private boolean make(Going going, Selected one) {
        Optional<Offered> from = sources.offers.of(one.from(), Optional.empty());
        List<Offer> copies = from.map(Offered::copies).orElse(List.of());
        String why = one.from() + " has no copy that stands";
        AtomicReference<Optional<String>> forbidden = new AtomicReference<>(Optional.empty());
        for (Offer copy : copies) {
            Offered alone = new Offered(from.get().file(), List.of(copy));
            switch (sources.intake
                    .take(List.of(arriving(going, one, alone)), warrant(going, one, forbidden))
                    .getFirst()) {
                case Intake.Outcome.Registered _ -> {
                    told.remove(one.to());
                    place.database().write(connection -> {
                        WithheldTable.forget(connection, going.act, one.to());
                        return true;
                    });
                    return true;
                }
                case Intake.Outcome.Refused _
                when forbidden.get().isPresent() -> {
                    tell(going.act, one, forbidden.get().get());
                    return false;
                }
                case Intake.Outcome.Refused(List<Finding> findings) -> {
                    why = copy.storage() + ": "
                            + findings.stream().map(Finding::text).collect(Collectors.joining("; "));
                    if (findings.stream().noneMatch(f -> OF_ONE_COPY.contains(f.code()))) {
                        tell(going.act, one, why);
                        return false;
                    }
                }
                case Intake.Outcome.Already _, Intake.Outcome.Returned _ -> {
                    tell(going.act, one, one.to() + " is registered already, and not by this act");
                    return false;
                }
            }
        }
        tell(going.act, one, why);
        return false;
    }

    /** Nothing of the old object comes along but its bytes: what was said of it was said to those who may know of it. */
    private Intake.Arriving arriving(Going going, Selected one, Offered from) {
        FileRow file = from.file();
        Digests stated = file.digests().by(Algorithm.SHA256).isPresent()
                ? file.digests()
                : file.digests().with(one.sha256());
        Submission said = new Submission(
                one.to().name(),
                Optional.of(one.to().scope()),
                file.size(),
                stated,
                Attributes.NONE,
                "act " + going.act);
        return new Intake.Arriving(one.to(), said, Digests.NONE, () -> open(from));
    }

    private InputStream open(Offered from) throws IOException {
        return switch (sources.reader.open(from, 0)) {
            case Opened.Bytes bytes -> bytes.content();
            case Opened.OnTape(String doing) -> throw new IOException(doing);
            case Opened.Nowhere(String why) -> throw new IOException(why);
        };
    }

    /** What forbids it in the last moment is told after the transaction, which holds the act's row. */
    private Intake.Warrant warrant(Going going, Selected one, AtomicReference<Optional<String>> forbidden) {
        return connection -> {
            Optional<String> obstacle = place.leases().stillHolds(connection, going.lease)
                    ? obstacle(connection, going, one)
                    : Optional.of("another node has taken over");
            forbidden.set(obstacle);
            return obstacle.isPresent() ? Optional.empty() : Optional.<Fact>of(new Published(going.act, List.of(one)));
        };
    }

    /** What forbids it now; nobody changes that until the transaction ends. */
    private Optional<String> obstacle(Connection connection, Going going, Selected one) throws SQLException {
        Instant now = place.clock().now();
        SignedAct act = acts.lock(connection, going.act).orElseThrow();
        if (act.state() != State.SIGNED || now.isBefore(act.undoUntil())) {
            return Optional.of("act " + act.id() + " was withdrawn, or can still be undone");
        }
        if (!isStillSigned(connection, act, now)) {
            return Optional.of(
                    "act " + act.id() + " has too few signatures of members of today; withdraw it, or propose it anew");
        }
        acts.lockWhatForbids(connection);
        if (judges.circumstances().hold(connection).isPresent()) {
            return Optional.of("the house is in a custody hold; nothing becomes public until it is lifted");
        }
        Map<DataId, Holding> known = holdings
                .of(connection, List.of(one.from().key(), one.to().key()))
                .stream()
                .collect(Collectors.toMap(Holding::id, Function.identity()));
        List<String> obstacles = PublishGuard.obstacles(
                one,
                known.getOrDefault(one.from(), Holding.unknown(one.from())),
                known.getOrDefault(one.to(), Holding.unknown(one.to())),
                judges.circumstances.ground(connection));
        return obstacles.stream().findFirst();
    }

    /** A signature dies with the membership of its signer, until the bytes are there. */
    private boolean isStillSigned(Connection connection, SignedAct act, Instant now) {
        // Who signed and was retired since had signed: retiring takes back nothing, as leaving does.
        Function<Actor, Optional<Term>> terms = judges.signatories.in(connection);
        Quorum quorum = new Quorum(judges.signatories.rule(), who -> new Signatory(true, terms.apply(who)), now);
        return quorum.suffices(act.act(), quorum.standing(act));
    }

    /** Logged once, and again when it is something else: a turn comes every few seconds. Whoever looks at the act sees it. */
    private void tell(UUID act, Selected one, String why) {
        place.database().write(connection -> {
            WithheldTable.put(
                    connection, act, new Withheld(one.to(), why, place.clock().now()));
            return why;
        });
        if (!why.equals(told.put(one.to(), why))) {
            System.getLogger(PublishWorker.class.getName())
                    .log(Level.INFO, "{0} is not made public: {1}", one.to(), why);
        }
    }

    private Optional<Fact> end(Connection connection, UUID id) throws SQLException {
        return acts.lock(connection, id)
                .filter(act -> act.state() == State.SIGNED)
                .map(act -> new ActChanged(
                        Step.DONE, act.ended(State.DONE, place.clock().now())));
    }
}
