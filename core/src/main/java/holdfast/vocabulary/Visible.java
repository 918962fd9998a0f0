package holdfast.vocabulary;

import java.util.Set;

/**
 * The classes that a viewer may know of. Every read of the catalogue takes one, so that a hidden class cannot show up in
 * a listing, a count or a search. An object of no class is visible to those who see everything, and to nobody else.
 */
public sealed interface Visible {
    boolean allows(ClassId classId);

    /** The custodian's own eyes: verdicts, placement and audit must see everything. */
    record Everything() implements Visible {
        @Override
        public boolean allows(ClassId classId) {
            return true;
        }
    }

    /** Some classes and no others. */
    record Only(Set<ClassId> classes) implements Visible {
        public Only {
            classes = Set.copyOf(classes);
        }

        @Override
        public boolean allows(ClassId classId) {
            return classes.contains(classId);
        }
    }
}
