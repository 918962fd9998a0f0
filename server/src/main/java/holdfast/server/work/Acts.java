package holdfast.server.work;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.judgement.Holding;
import holdfast.retention.Act;
import holdfast.retention.Circumstances;
import holdfast.retention.Hold;
import holdfast.retention.Quorum;
import holdfast.retention.Quorum.Signatory;
import holdfast.retention.Quorum.Term;
import holdfast.retention.ReleaseGuard;
import holdfast.retention.ReleaseGuard.Obstacle;
import holdfast.retention.ReleaseGuard.Word;
import holdfast.retention.Removal;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.ActChanged.Step;
import holdfast.retention.RetentionFact.CopiesDecided;
import holdfast.retention.RetentionFact.CopiesDecided.Decision;
import holdfast.retention.RetentionFact.SignerNamed;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.Proposal;
import holdfast.retention.SignedAct.State;
import holdfast.retention.Signer;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Database;
import holdfast.server.sql.HandedTable;
import holdfast.server.sql.Holdings;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.WithheldTable;
import holdfast.server.sql.Words;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Acts that people sign. The last signature that an act needs and what the act does are one transaction, so there is no
 * moment at which it is signed and its guard has not spoken. What waits ({@link Act#waits}) goes on after that: see
 * {@link ReleaseWorker} and the room of publishing.
 */
public final class Acts {
    private final Desk desk;
    private final ActTables tables = new ActTables();
    private final Effects effects;
    private final Holdings holdings;

    /** What acts work with. */
    public record Desk(
            Database database,
            Words words,
            SqlJournal journal,
            HouseClock clock,
            ReleaseCircumstances circumstances,
            Signatories signatories) {}

    public Acts(Desk desk) {
        this.desk = desk;
        this.holdings = new Holdings(desk.words);
        this.effects = new Effects(desk.words, holdings, desk.circumstances);
    }

    /**
     * Lets a signer's signature count from now on; a name that is known keeps its key, or is refused. Where a source tells who is a
     * member, each names their own key: whoever could name another's could sign as them.
     */
    public void name(Signer signer, Actor by) {
        if (!areKeysGivenOut() && !by.equals(signer.name())) {
            throw new ActRefused(
                    "%s cannot name a key of %s: members name their own, by `holdfast signer add` with their own login"
                            .formatted(by, signer.name()));
        }
        answer(desk.journal.append(by, connection -> {
            boolean known = tables.signers(connection).stream()
                    .anyMatch(s -> s.signer().name().equals(signer.name()));
            if (known) {
                throw new ActRefused(signer.name() + " is a signer already, or was one; give another name");
            }
            boolean sameKey = tables.signers(connection).stream()
                    .anyMatch(s -> s.signer().key().equals(signer.key()));
            if (sameKey) {
                throw new ActRefused("another signer has this key; two signatures must come from two people");
            }
            return Optional.of(new SignerNamed(signer, false));
        }));
    }

    /** Whether an administrator says whose key is whose, because no source of members could. */
    public boolean areKeysGivenOut() {
        return !desk.signatories.rule().isOutside();
    }

    /** Lets a signer's signature count no more; those given stay. */
    public void retire(Actor name, Actor by) {
        answer(desk.journal.append(
                by,
                connection -> Optional.of(tables.signers(connection).stream()
                        .filter(s -> s.signer().name().equals(name) && !s.retired())
                        .findFirst()
                        .map(s -> new SignerNamed(s.signer(), true))
                        .orElseThrow(() -> new ActRefused(name + " is no signer")))));
    }

    public List<SignerNamed> signers() {
        return desk.database.read(tables::signers);
    }

    public List<SignedAct> all() {
        return desk.database.read(tables::all);
    }

    /** Those that wait for signatures or to be carried out, the newest first: what ended costs nothing here. */
    public List<SignedAct> goingOn() {
        return desk.database.read(tables::goingOn).reversed();
    }

    public Optional<SignedAct> find(UUID id) {
        return desk.database.read(connection -> tables.find(connection, id));
    }

    /**
     * What would be proposed, after its guard has spoken; nothing is recorded.
     *
     * @throws ActRefused when its guard forbids it now
     */
    public SignedAct tried(Act act, String reason, Actor by) {
        SignedAct tried = SignedAct.proposed(Database.newId(), act, reason, new Proposal(by, desk.clock.now()));
        try {
            desk.database.write(connection -> {
                effects.of(connection, tried, desk.clock.now());
                throw new OnlyTried();
            });
        } catch (OnlyTried done) {
            return tried;
        }
        return tried;
    }

    /** Ends a transaction that was to show something and change nothing. */
    private static final class OnlyTried extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What forbids the release of one copy now; none when nothing does. */
    public List<Obstacle> obstacles(DataId file, StorageName from) {
        Instant now = desk.clock.now();
        return desk.database.read(connection -> {
            Holding holding = holdings.find(connection, file).orElse(Holding.unknown(file));
            Circumstances within = desk.circumstances.read(connection, now, List.of(file));
            return switch (ReleaseGuard.mayGo(holding, from, within, now)) {
                case Word.Refused refused -> refused.obstacles();
                case Word.NoObstacle _ -> List.of();
            };
        });
    }

    /** When the copies of a signed release go, by the rule of their element; empty for every other act. */
    public Optional<Instant> mayGoFrom(SignedAct act) {
        if (act.state() != State.SIGNED || !(act.act() instanceof Act.ReleaseCopies(StorageName from, var _))) {
            return Optional.empty();
        }
        Instant now = desk.clock.now();
        return Removal.mayGoFrom(act, from, desk.database.read(connection -> desk.circumstances.read(connection, now)));
    }

    public Optional<Hold> hold() {
        return desk.database.read(tables::hold);
    }

    /** Proposes an act; what its guard forbids now is refused now. */
    public SignedAct propose(Act act, String reason, Actor by) {
        return propose(act, reason, by, Optional.empty());
    }

    /**
     * Proposes an act that its proposer signs at once.
     *
     * @param proof their signature of {@link SignedAct#intention}: who could not sign is refused before anything is recorded
     */
    public SignedAct propose(Act act, String reason, Actor by, Optional<String> proof) {
        SignedAct proposed = SignedAct.proposed(Database.newId(), act, reason, new Proposal(by, desk.clock.now()));
        answer(desk.journal.append(by, connection -> {
            if (proof.isPresent()) {
                requireSigner(connection, by, act, proof.get());
            }
            effects.of(connection, proposed, desk.clock.now());
            return Optional.of(new ActChanged(Step.PROPOSED, proposed));
        }));
        return proposed;
    }

    private void requireSigner(Connection connection, Actor name, Act act, String proof) throws SQLException {
        quorum(connection, desk.clock.now()).obstacle(name).ifPresent(why -> {
            throw new ActRefused(why + "; nothing was proposed");
        });
        if (!signer(connection, name).signed(SignedAct.intention(act, name), proof)) {
            throw new ActRefused("this is no key of " + name + "; nothing was proposed");
        }
    }

    /** Those of an act's signatures that count now: an open act's lapse, and any die with a membership. */
    public List<SignedAct.Signature> counting(SignedAct act) {
        return desk.database.read(connection -> {
            Quorum seen = quorum(tables.signers(connection), desk.signatories.seen(), desk.clock.now());
            return act.state() == State.OPEN ? seen.counting(act) : act.signatures();
        });
    }

    /** Whether somebody could sign today: a key that counts, and a membership as long as the plan asks for. */
    public boolean maySign(Actor who) {
        return desk.database
                .read(connection -> quorum(tables.signers(connection), desk.signatories.seen(), desk.clock.now())
                        .obstacle(who))
                .isEmpty();
    }

    /** Why files of a signed act were not done yet; some of them, where they are many. */
    public List<WithheldTable.Withheld> withheld(SignedAct act) {
        return act.state() == State.SIGNED
                ? desk.database.read(connection -> WithheldTable.of(connection, act.id()))
                : List.of();
    }

    /** Adds a signature; the last one needed makes the act take effect. Answers the act as it stands then. */
    public SignedAct sign(UUID id, Actor signer, String signature) {
        answer(desk.journal.appendAll(signer, connection -> signed(connection, id, signer, signature)));
        return find(id).orElseThrow();
    }

    private List<Fact> signed(Connection connection, UUID id, Actor name, String signature) throws SQLException {
        SignedAct act = tables.lock(connection, id).orElseThrow(() -> new ActRefused("there is no act " + id));
        Instant now = desk.clock.now();
        if (act.state() != State.OPEN) {
            throw new ActRefused("act " + id + " is not open any more: it is "
                    + act.state().name().toLowerCase(java.util.Locale.ROOT));
        }
        Quorum quorum = quorum(connection, now);
        quorum.obstacle(name).ifPresent(why -> {
            throw new ActRefused(why);
        });
        List<SignedAct.Signature> counting = quorum.counting(act);
        if (counting.stream().anyMatch(s -> s.signer().equals(name))) {
            throw new ActRefused(name + " has signed it already; another signer must");
        }
        if (!signer(connection, name).signed(act.statement(name), signature)) {
            throw new ActRefused("this is no signature of " + name + " over act " + id);
        }
        SignedAct.Signature given = new SignedAct.Signature(name, now, signature);
        boolean enough = quorum.suffices(
                act.act(), Stream.concat(counting.stream(), Stream.of(given)).toList());
        SignedAct next = act.signed(counting, given, enough);
        List<Fact> facts = new ArrayList<>(List.of(new ActChanged(Step.SIGNED, next)));
        if (next.state() == State.SIGNED) {
            facts.addAll(effects.of(connection, next, now));
            if (!next.act().waits()) {
                facts.add(new ActChanged(Step.DONE, next.ended(State.DONE, now)));
            }
        }
        return facts;
    }

    private Quorum quorum(Connection connection, Instant now) throws SQLException {
        return quorum(tables.lockedSigners(connection), desk.signatories.in(connection), now);
    }

    private Quorum quorum(List<SignerNamed> signers, Function<Actor, Optional<Term>> terms, Instant now) {
        Set<Actor> named = signers.stream()
                .filter(s -> !s.retired())
                .map(s -> s.signer().name())
                .collect(Collectors.toUnmodifiableSet());
        return new Quorum(desk.signatories.rule(), who -> new Signatory(named.contains(who), terms.apply(who)), now);
    }

    private Signer signer(Connection connection, Actor name) throws SQLException {
        return tables.signers(connection).stream()
                .filter(s -> s.signer().name().equals(name))
                .map(SignerNamed::signer)
                .findFirst()
                .orElseThrow();
    }

    /**
     * Gives an open act up, or undoes a release of which copies still stand, which are read again; of what was to become public
     * what is not public yet stays what it is.
     *
     * @param why recorded with it
     */
    public SignedAct withdraw(UUID id, Actor by, String why) {
        answer(desk.journal.appendAll(by, connection -> withdrawn(connection, id, why)));
        return find(id).orElseThrow();
    }

    private List<Fact> withdrawn(Connection connection, UUID id, String why) throws SQLException {
        SignedAct act = tables.lock(connection, id).orElseThrow(() -> new ActRefused("there is no act " + id));
        Instant now = desk.clock.now();
        Fact ended = new ActChanged(Step.WITHDRAWN, act.withdrawn(why, now));
        WithheldTable.forget(connection, id);
        return switch (act.state()) {
            case DONE, WITHDRAWN -> throw new ActRefused("act " + id + " has ended; it cannot be undone");
            case OPEN -> List.of(ended);
            case SIGNED -> {
                if (!(act.act() instanceof Act.ReleaseCopies release)) {
                    yield List.of(ended);
                }
                refuseWhileHanded(connection, id, now);
                List<CopyRow> back = Effects.copies(
                                holdings.lock(
                                        connection,
                                        release.files().stream()
                                                .map(DataId::key)
                                                .toList()),
                                release.from(),
                                c -> c.state() == CopyState.RELEASING)
                        .map(c -> Effects.readAgain(c, now))
                        .toList();
                yield back.isEmpty() ? List.of(ended) : List.of(new CopiesDecided(Decision.READ_AGAIN, back), ended);
            }
        };
    }

    /** What a site may be removing this moment would count again as soon as it is read. */
    private static void refuseWhileHanded(Connection connection, UUID id, Instant now) throws SQLException {
        Optional<Instant> last = HandedTable.of(connection, id).values().stream()
                .max(Instant::compareTo)
                .filter(now::isBefore);
        if (last.isPresent()) {
            throw new ActRefused("copies of act %s are handed to the site's own process until %s; undo it after that"
                    .formatted(id, last.get()));
        }
    }

    private static void answer(Appended appended) {
        switch (appended) {
            case Appended.Done _ -> {}
            case Appended.Refused refused -> throw new ActRefused(refused.why());
            case Appended.Unknown unknown -> throw new OutcomeUnknown(unknown.why());
        }
    }

    /** The commit was not answered: look whether it stands before doing it again. */
    public static final class OutcomeUnknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutcomeUnknown(String why) {
            super("not known whether it was recorded: " + why + "; look at the acts, then repeat it");
        }
    }
}
