package holdfast.server.adoption;

import holdfast.catalog.CopyState;
import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.server.catalog.ScopeModes;
import holdfast.server.catalog.ScopeModes.Observed;
import holdfast.server.sql.ActTables;
import holdfast.server.sql.AdoptedSums;
import holdfast.server.sql.AdoptedSums.Listed;
import holdfast.server.sql.Database;
import holdfast.server.sql.ObservedScopes;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How far an adoption is: what stands in each scope, how much of it was proved, and what waits for signatures. */
public final class AdoptionStatus {
    private final Database database;
    private final ScopeModes modes;
    private final AdoptedSums sums;
    private final ActTables acts = new ActTables();

    public AdoptionStatus(Database database, ScopeModes modes, AdoptedSums sums) {
        this.database = database;
        this.modes = modes;
        this.sums = sums;
    }

    /**
     * One scope that is observed, or was until an act was signed.
     *
     * @param since when it took its mode
     * @param act the act that ends the observation, open or done
     */
    public record OfScope(
            String name,
            String mode,
            @Nullable String source,
            Instant since,
            long files,
            long bytes,
            Copies copies,
            @Nullable ActOfScope act) {}

    /** The burn-down. @param other damaged, missing, doubted or on their way */
    public record Copies(long all, long claimed, long proved, long other) {
        static Copies of(Map<CopyState, Long> states) {
            long all = states.values().stream().mapToLong(n -> n).sum();
            long claimed = states.getOrDefault(CopyState.CLAIMED, 0L);
            long proved = states.getOrDefault(CopyState.PROVED, 0L);
            return new Copies(all, claimed, proved, all - claimed - proved);
        }
    }

    /** An act with what it says. */
    public record ActOfScope(
            String id,
            String state,
            String comparison,
            long equal,
            long onlyThere,
            long onlyHere,
            long different,
            List<String> signers) {
        static ActOfScope of(SignedAct act, Act.Compared compared) {
            return new ActOfScope(
                    act.id().toString(),
                    act.state().name(),
                    compared.digest().hex(),
                    compared.equal(),
                    compared.onlyThere(),
                    compared.onlyHere(),
                    compared.different(),
                    act.signatures().stream().map(s -> s.signer().name()).toList());
        }
    }

    /** Every scope that is or was observed, by name. */
    public List<OfScope> scopes() {
        Map<Scope, Observed> observed = modes.observed();
        // What is remembered may be a second old, and an act just carried out should be seen at once.
        observed.keySet().retainAll(database.read(ObservedScopes::in));
        Map<Scope, SignedAct> byScope = new TreeMap<>();
        for (SignedAct act : database.read(acts::all)) {
            if (act.act() instanceof Act.ManageScope manage && act.state() != SignedAct.State.WITHDRAWN) {
                byScope.putIfAbsent(manage.scope(), act);
            }
        }
        List<OfScope> all = new ArrayList<>();
        observed.forEach((scope, since) -> all.add(of(
                scope,
                Optional.of(since),
                Optional.ofNullable(byScope.get(scope)).filter(a -> a.state() != SignedAct.State.DONE))));
        byScope.forEach((scope, act) -> {
            if (!observed.containsKey(scope) && act.state() == SignedAct.State.DONE) {
                all.add(of(scope, Optional.empty(), Optional.of(act)));
            }
        });
        return all;
    }

    private OfScope of(Scope scope, Optional<Observed> observed, Optional<SignedAct> act) {
        AdoptedSums.Sum sum = database.read(connection -> sums.of(connection, scope));
        return new OfScope(
                scope.name(),
                observed.isPresent() ? "OBSERVED" : "MANAGED",
                observed.map(Observed::source).orElse(null),
                observed.map(Observed::since).orElseGet(() -> act.orElseThrow().since()),
                sum.files(),
                sum.bytes(),
                Copies.of(sum.copies()),
                act.map(a -> ActOfScope.of(a, ((Act.ManageScope) a.act()).compared()))
                        .orElse(null));
    }

    /** Every file of a scope by name, bytewise, as it is read. */
    public void list(Scope scope, Consumer<Listed> out) {
        database.stream(connection -> {
            sums.list(connection, scope, out);
            return Boolean.TRUE;
        });
    }
}
