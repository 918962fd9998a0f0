package holdfast.access;

import holdfast.vocabulary.AccountName;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A member as the source tells it, without name and mail. */
public record Person(MemberId id, Term term, Place place, Means means) {

    /**
     * For how long, by days of UTC.
     *
     * @param since the first day; empty for as long as anybody knows
     * @param until the last day; empty for no end
     */
    public record Term(Optional<LocalDate> since, Optional<LocalDate> until) {
        public static final Term OPEN = new Term(Optional.empty(), Optional.empty());

        public boolean covers(LocalDate day) {
            return since.filter(day::isBefore).isEmpty() && !isOver(day);
        }

        public boolean isOver(LocalDate day) {
            return until.filter(day::isAfter).isPresent();
        }
    }

    /**
     * Where they belong.
     *
     * @param roles plain words that plan and policy name, such as data-production
     */
    public record Place(Optional<String> institute, SortedSet<String> roles, SortedSet<String> groups) {
        public Place {
            roles = sorted(roles);
            groups = sorted(groups);
        }
    }

    /**
     * How they come in.
     *
     * @param account theirs here; empty where it is called like their id
     * @param identities as logins here call them: DNs, or {@code SUB=..., ISS=...}
     */
    public record Means(Optional<AccountName> account, SortedSet<String> identities) {
        public Means {
            identities = sorted(identities);
        }
    }

    private static SortedSet<String> sorted(Set<String> words) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    /** The account that is theirs; empty where none is named and their id cannot be one's name. */
    public Optional<AccountName> account() {
        return means.account()
                .or(() -> AccountName.isOne(id.text()) ? Optional.of(new AccountName(id.text())) : Optional.empty());
    }

    /** What of them enters the journal: an identity may have a person's name in it, and does not. */
    public Person withoutIdentities() {
        return new Person(id, term, place, new Means(means.account(), Collections.emptySortedSet()));
    }
}
