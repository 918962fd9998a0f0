package holdfast.vocabulary;

import java.util.function.Predicate;

/**
 * The scopes that a viewer may know of. Every read of the catalogue takes one, so that a hidden scope cannot show up in a
 * listing, a count or a search; what lies in a scope that may not be seen is for that viewer as if it were not there.
 */
public sealed interface Visible {
    /** The custodian's own eyes: verdicts, placement and audit must see everything. */
    Visible EVERYTHING = new Everything();

    boolean allows(Scope scope);

    default boolean allows(DataId id) {
        return allows(id.scope());
    }

    /** Whether nothing at all is hidden: only then may a sum over everything be shown. */
    boolean isWhole();

    /** Nothing is hidden. */
    record Everything() implements Visible {
        @Override
        public boolean allows(Scope scope) {
            return true;
        }

        @Override
        public boolean isWhole() {
            return true;
        }
    }

    /** Some scopes and no others. */
    record Only(Predicate<Scope> open) implements Visible {
        @Override
        public boolean allows(Scope scope) {
            return open.test(scope);
        }

        @Override
        public boolean isWhole() {
            return false;
        }
    }
}
