package holdfast.server.work;

import holdfast.custody.InForce;
import holdfast.judgement.Surroundings;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.retention.Circumstances;
import holdfast.retention.Hold;
import holdfast.retention.PublishGuard;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.Descent;
import holdfast.server.sql.ObservedScopes;
import holdfast.server.sql.RulePromises;
import holdfast.server.sql.State;
import holdfast.server.sql.Words;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads what a release is judged within: the plan in force, those it replaced lately, and the custody hold. */
public final class ReleaseCircumstances {
    private final State state;
    private final Descent descent;
    private final RulePromises promises;
    private final ActTables acts = new ActTables();
    private final Function<PlanAdopted, InForce> reading;
    private final Supplier<Optional<Hold>> coming;
    private final Map<Digest, InForce> known = new ConcurrentHashMap<>();

    /**
     * @param reading the texts of an adopted plan as a plan with its sites and policy
     * @param coming the hold that this node has cause for and has not begun yet; it forbids as much
     */
    public ReleaseCircumstances(
            State state, Words words, Function<PlanAdopted, InForce> reading, Supplier<Optional<Hold>> coming) {
        this.state = state;
        this.descent = new Descent(words);
        this.promises = new RulePromises(words);
        this.reading = reading;
        this.coming = coming;
    }

    /** As of now; while the transaction lasts no hold can begin and no plan come into force. */
    public Circumstances now(Connection connection, Instant now) throws SQLException {
        acts.lockWhatForbids(connection);
        return read(connection, now);
    }

    /**
     * As of now, with what rules hold of some files, whose rows the caller has locked; while the transaction lasts no rule
     * can be made over them or over what holds them.
     */
    Circumstances now(Connection connection, Instant now, Collection<DataId> files) throws SQLException {
        descent.share(connection, files);
        return now(connection, now).with(promises.of(connection, files));
    }

    /** The same for saying what would be. */
    Circumstances read(Connection connection, Instant now, Collection<DataId> files) throws SQLException {
        return read(connection, now).with(promises.of(connection, files));
    }

    /** As of now, for saying what would be; a hold may begin at any moment. */
    Circumstances read(Connection connection, Instant now) throws SQLException {
        Optional<Hold> hold = hold(connection);
        List<Surroundings> plans = new ArrayList<>();
        for (PlanAdopted adopted : state.adoptedSince(connection, now.minus(Circumstances.LOOSENED))) {
            plans.add(state.surroundings(connection, read(adopted)));
        }
        return new Circumstances(plans, hold).observing(ObservedScopes.in(connection));
    }

    /** The custody hold that stands, or is about to begin. */
    public Optional<Hold> hold(Connection connection) throws SQLException {
        return acts.hold(connection).or(coming);
    }

    /** What becoming public is judged by: the plan in force, its policy, and which scopes are observed. */
    public PublishGuard.Ground ground(Connection connection) throws SQLException {
        InForce now = read(state.adopted(connection)
                .orElseThrow(() -> new ActRefused("no plan is in force; nothing can become public")));
        return new PublishGuard.Ground(now.plan(), now.naming(), ObservedScopes.in(connection));
    }

    /** The texts of an adopted plan, or of one to adopt; refused with every finding when they are none. */
    InForce read(PlanAdopted adopted) {
        String texts = adopted.planText() + "\0" + adopted.sitesText() + "\0" + adopted.policyText();
        return known.computeIfAbsent(
                Digest.sha256(texts.getBytes(StandardCharsets.UTF_8)), d -> reading.apply(adopted));
    }
}
