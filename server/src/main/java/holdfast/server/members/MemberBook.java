package holdfast.server.members;

import holdfast.access.MemberId;
import holdfast.access.SourceWord;
import holdfast.formats.Json;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged.Change;
import holdfast.server.catalog.Shelf;
import holdfast.server.members.Membership.Kept;
import holdfast.server.sql.Memory;
import holdfast.server.sql.Registry;
import holdfast.server.sql.Registry.Documents;
import holdfast.vocabulary.AccountName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Members as documents of the registry, so that their history is the journal's. Their identities, which may have names in
 * them, are apart from it in the house's memory, where they can be erased.
 */
public final class MemberBook {
    /** The kind of a member's document. */
    public static final String KIND = "member";

    static final String IDENTITIES = "members.identities";
    private static final String SOURCE = "member-source";
    private static final String LAST = "last";

    private final Registry registry;
    private final Memory memory;
    private final Shelf<Kept> members;
    private final Shelf<LastWord> words;
    private final AtomicReference<Index> index = new AtomicReference<>(Index.NOBODY);

    /** Which member an identity is. */
    record Identities(SortedMap<String, String> members) {}

    /** Everybody by account and identity, as of one word of the source. */
    private record Index(
            Optional<String> word,
            Map<MemberId, Membership> people,
            Map<AccountName, Membership> accounts,
            Map<String, Membership> identities) {
        static final Index NOBODY = new Index(Optional.empty(), Map.of(), Map.of(), Map.of());
    }

    public MemberBook(Registry registry, Memory memory) {
        this.registry = registry;
        this.memory = memory;
        this.members = new Shelf<>(registry, KIND, Kept.class);
        this.words = new Shelf<>(registry, SOURCE, LastWord.class);
    }

    Registry registry() {
        return registry;
    }

    /** What the source said last; empty where it never spoke. */
    public Optional<LastWord> lastWord() {
        return words.find(LAST);
    }

    Optional<LastWord> lastWord(Documents documents) {
        return words.find(documents, LAST);
    }

    /** Everybody whom it ever named, by id. */
    public SortedMap<MemberId, Membership> all() {
        return all(registry.documents());
    }

    SortedMap<MemberId, Membership> all(Documents documents) {
        SortedMap<MemberId, Membership> all = new TreeMap<>();
        members.all(documents).forEach((key, kept) -> all.put(new MemberId(key), kept.of(key)));
        return all;
    }

    Change put(Membership member) {
        return members.put(member.person().id().text(), Kept.of(member));
    }

    Change put(LastWord word) {
        return words.put(LAST, word);
    }

    static Change put(SourceWord word) {
        return Registry.put(SourceWord.KIND, SourceWord.KEY, word.text());
    }

    private SortedMap<String, String> identities() {
        return identities(memory.recall(IDENTITIES));
    }

    /** Ids of members by identity, as a transaction of the caller's sees them. */
    static SortedMap<String, String> identities(Connection connection) throws SQLException {
        return identities(Memory.recall(connection, IDENTITIES));
    }

    private static SortedMap<String, String> identities(Optional<Memory.Note> note) {
        return note.map(kept -> Json.read(kept.value(), Identities.class).members())
                .orElseGet(TreeMap::new);
    }

    static String text(SortedMap<String, String> identities) {
        return Json.line(new Identities(identities));
    }

    Optional<Membership> byId(MemberId id) {
        return Optional.ofNullable(index().people().get(id));
    }

    Optional<Membership> byAccount(AccountName account) {
        return Optional.ofNullable(index().accounts().get(account));
    }

    Optional<Membership> byIdentity(String identity) {
        return Optional.ofNullable(index().identities().get(identity));
    }

    /** Somebody by their account as recorded in a transaction; nobody else changes them until that ends. */
    Optional<Membership> shared(Connection connection, AccountName account) {
        return byAccount(account)
                .map(known -> known.person().id())
                .flatMap(id -> members.find(registry.shared(connection, new Document.Name(KIND, id.text())), id.text())
                        .map(kept -> kept.of(id.text())))
                .filter(member -> member.person().account().equals(Optional.of(account)));
    }

    /** Built anew when the source has spoken again: every change of a member comes with its word. */
    private Index index() {
        Documents documents = registry.documents();
        Optional<String> word = documents.find(SOURCE, LAST);
        Index known = index.get();
        if (!known.word().equals(word)) {
            known = build(documents, word);
            index.set(known);
        }
        return known;
    }

    private Index build(Documents documents, Optional<String> word) {
        Map<MemberId, Membership> people = Map.copyOf(all(documents));
        Map<AccountName, Membership> accounts = new TreeMap<>();
        people.values()
                .forEach(one -> one.person()
                        .account()
                        .ifPresent(account -> accounts.merge(account, one, MemberBook::whoStands)));
        Map<String, Membership> identities = new TreeMap<>();
        identities().forEach((identity, id) -> {
            Membership member = people.get(new MemberId(id));
            if (member != null) {
                identities.put(identity, member);
            }
        });
        return new Index(word, people, accounts, identities);
    }

    /** Of two that had one account after each other: the one who has not left. */
    private static Membership whoStands(Membership one, Membership other) {
        return one.left().isEmpty() ? one : other;
    }
}
