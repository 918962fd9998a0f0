package holdfast.access;

import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an action is about, as far as permission asks.
 *
 * @param account the account it is about or done for, such as a rule's
 * @param place the scope and name it is about
 * @param elements the storage elements it is about
 * @param locked whether what is made cannot be taken back by its maker, such as a locked rule
 */
public record Subject(Optional<AccountName> account, Optional<Place> place, List<Element> elements, boolean locked) {

    /** The attribute of an element that names its site. */
    public static final String SITE = "site";

    /** What has no account, name or element. */
    public static final Subject NOTHING = new Subject(Optional.empty(), Optional.empty(), List.of(), false);

    public Subject {
        elements = List.copyOf(elements);
    }

    /**
     * Where a DID stands.
     *
     * @param name empty for the scope itself
     */
    public record Place(Scope scope, AccountName owner, String name) {}

    /** A storage element with its attributes as texts. */
    public record Element(String name, Map<String, String> attributes) {
        public Element {
            attributes = Map.copyOf(attributes);
        }
    }

    public static Subject account(AccountName account) {
        return NOTHING.of(account);
    }

    public static Subject place(Scope scope, AccountName owner, String name) {
        return NOTHING.in(new Place(scope, owner, name));
    }

    public static Subject at(Element element) {
        return NOTHING.with(List.of(element));
    }

    public Subject of(AccountName other) {
        return new Subject(Optional.of(other), place, elements, locked);
    }

    public Subject in(Place other) {
        return new Subject(account, Optional.of(other), elements, locked);
    }

    public Subject with(List<Element> others) {
        return new Subject(account, place, others, locked);
    }

    public Subject locked(boolean is) {
        return new Subject(account, place, elements, is);
    }
}
