package holdfast.journal;

/** The port through which facts enter: rows and entry in one transaction. */
public interface Journal {
    /** Appends a fact, and changes the rows that it states, whole or not at all. */
    Appended append(Fact fact, holdfast.vocabulary.Actor actor);

    /** What became of a write. */
    sealed interface Appended {
        record Done(Entry entry) implements Appended {}

        /** Nothing changed; the rows were not as the fact expected them. */
        record Refused(String why) implements Appended {}

        /** The commit's answer was lost: look whether the entry is there; never clean up. */
        record Unknown(java.util.UUID entry, String why) implements Appended {}
    }
}
