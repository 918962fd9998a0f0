package holdfast.ingest;

import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An experiment's rules for names, as its policy file states them: data, no code.
 *
 * <p>Two questions are kept apart. {@link #scopeOf} and {@link #hasForm} repeat what the experiment's other services
 * answer for a name, holes and all, bit for bit. {@link #refusals} says what may come in here.
 *
 * @param form what every name looks like
 * @param longest the longest name, in characters; at most {@link DataId#LONGEST_NAME}
 * @param refused names that have the form and are refused all the same, each with its reason
 * @param scopes the first rule that answers gives the scope; empty where whoever brings a file says its scope
 * @param otherwise the scope of names that no rule answers for
 * @param schema what words look like in Rucio's interface
 * @param digest SHA-256 of the policy file's bytes
 */
public record NamingPolicy(
        NamePattern form,
        int longest,
        List<Refusal> refused,
        StoragePath.Layout layout,
        List<ScopeRule> scopes,
        Optional<Scope> otherwise,
        NameSchema schema,
        Digest digest) {

    private static final Scope ANY = new Scope("any");

    public NamingPolicy {
        refused = List.copyOf(refused);
        scopes = List.copyOf(scopes);
    }

    /** A policy that says nothing of Rucio's interface. */
    public NamingPolicy(
            NamePattern form,
            int longest,
            List<Refusal> refused,
            StoragePath.Layout layout,
            List<ScopeRule> scopes,
            Optional<Scope> otherwise,
            Digest digest) {
        this(form, longest, refused, layout, scopes, otherwise, NameSchema.GENERIC, digest);
    }

    /**
     * Names that do not come in although they have the form.
     *
     * @param because the reason and the way out, for whoever brings the file
     */
    public record Refusal(NamePattern matching, String because) {}

    /** What became of a name. */
    public sealed interface Named {
        record Accepted(DataId id) implements Named {}

        /** Not accepted; the reasons are sentences without a full stop. */
        record Refused(List<String> reasons) implements Named {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /** Whether the name alone gives the scope; otherwise whoever brings a file says it. */
    public boolean scopeIsInName() {
        return otherwise.isPresent();
    }

    /** Whether a name has the form and the length; names that have both may still be refused. */
    public boolean hasForm(String name) {
        return name.length() <= longest && form.matches(name);
    }

    /**
     * The scope of a name.
     *
     * @param known whether a scope exists; some rules answer only with scopes that do
     * @return empty where whoever brings a file says its scope
     */
    public Optional<Scope> scopeOf(String name, Predicate<Scope> known) {
        return scopes.stream()
                .flatMap(rule -> rule.scopeOf(name, known).stream())
                .findFirst()
                .or(() -> otherwise);
    }

    /** Why a name may not come in; none when it may. */
    public List<String> refusals(String name) {
        List<String> reasons = new ArrayList<>();
        if (name.length() > longest) {
            reasons.add("the name has %d characters and at most %d are allowed".formatted(name.length(), longest));
        }
        if (!form.matches(name)) {
            reasons.add("the name does not have the form " + form);
        }
        refused.stream().filter(r -> r.matching().matches(name)).forEach(r -> reasons.add(r.because()));
        if (reasons.isEmpty()) {
            notAPath(name).ifPresent(reasons::add);
        }
        return List.copyOf(reasons);
    }

    /** Whether a name may come in; see {@link #refusals} for the reasons. */
    public boolean accepts(String name) {
        return refusals(name).isEmpty();
    }

    /**
     * The identifier under which a file comes in.
     *
     * @param stated the scope that whoever brings the file says; where the name gives the scope it must be the same
     */
    public Named name(String name, Optional<Scope> stated, Predicate<Scope> known) {
        List<String> reasons = new ArrayList<>(refusals(name));
        Optional<Scope> byRule = scopeOf(name, known);
        Optional<Scope> scope = byRule.or(() -> stated);
        if (scope.isEmpty()) {
            reasons.add("no scope is stated, and the policy does not read it from the name");
        }
        if (byRule.isPresent() && stated.isPresent() && !byRule.equals(stated)) {
            reasons.add("the name belongs to scope %s, not %s".formatted(byRule.get(), stated.get()));
        }
        return reasons.isEmpty()
                ? new Named.Accepted(new DataId(scope.orElseThrow(), name))
                : new Named.Refused(reasons);
    }

    /** A name becomes a path within storage elements, whatever the policy allows. */
    private Optional<String> notAPath(String name) {
        try {
            StoragePath path = StoragePath.of(new DataId(ANY, name), StoragePath.Layout.NAME, 0);
            return path.path().startsWith(".rewritten-")
                    ? Optional.of("names that begin with '.rewritten-' are kept for copies written again")
                    : Optional.empty();
        } catch (BadWord bad) {
            return Optional.of("the name cannot be a path within a storage element: " + bad.getMessage());
        }
    }
}
