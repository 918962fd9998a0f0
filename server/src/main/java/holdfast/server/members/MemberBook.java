package holdfast.server.members;

import holdfast.access.MemberId;
import holdfast.access.SourceWord;
import holdfast.formats.Json;
import holdfast.plan.MemberSource;
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
import java.time.Instant;
import java.util.Collections;
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
    private static final String EXPORTED = "member";
    private static final String SEEN = "member-seen";
    static final String IDENTITIES = "members.identities";
    private static final String SOURCE = "member-source";
    private static final String LAST = "last";
    private static final SortedMap<String, String> NO_IDENTITIES = Collections.emptySortedMap();

    private final MemberSource.From source;
    private final Registry registry;
    private final Memory memory;
    private final Shelf<Kept> members;
    private final Shelf<LastWord> words;
    private final AtomicReference<Index> index = new AtomicReference<>(Index.NOBODY);

    /** Which member an identity is. */
    record Identities(SortedMap<String, String> members) {}

    /**
     * Everybody by account and identity.
     *
     * @param documents those of which it was last seen to be of
     * @param word of an export, with which identities come too
     * @param texts the documents of members
     */
    private record Index(
            Documents documents,
            Optional<String> word,
            Map<String, String> texts,
            Map<MemberId, Membership> people,
            Map<AccountName, Membership> accounts,
            Map<String, Membership> identities) {
        static final Index NOBODY =
                new Index(new Documents(new TreeMap<>()), Optional.empty(), Map.of(), Map.of(), Map.of(), Map.of());

        Index asOf(Documents later) {
            return new Index(later, word, texts, people, accounts, identities);
        }
    }

    /** Those whom one source tells of; whom another one knows stands in another book. */
    public MemberBook(MemberSource.From source, Registry registry, Memory memory) {
        this.source = source;
        this.registry = registry;
        this.memory = memory;
        this.members = new Shelf<>(registry, kind(), Kept.class);
        this.words = new Shelf<>(registry, SOURCE, LastWord.class);
    }

    /** The kind of its members' documents. */
    String kind() {
        return source == MemberSource.From.GROUPS ? SEEN : EXPORTED;
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

    /** Of which moment the source's last word is; empty where it never spoke. */
    public Optional<Instant> said() {
        return said(registry.documents());
    }

    Optional<Instant> said(Documents documents) {
        return documents
                .find(SourceWord.KIND, SourceWord.key(source))
                .flatMap(SourceWord::read)
                .map(SourceWord::said);
    }

    Optional<Membership> find(Documents documents, MemberId id) {
        return members.find(documents, id.text()).map(kept -> kept.of(id.text()));
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

    Change put(SourceWord word) {
        return Registry.put(SourceWord.KIND, SourceWord.key(source), word.text());
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
                .flatMap(id -> members.find(
                                registry.shared(connection, new Document.Name(kind(), id.text())), id.text())
                        .map(kept -> kept.of(id.text())))
                .filter(member -> member.person().account().equals(Optional.of(account)));
    }

    /** Built anew when some member has changed, or the source of an export has spoken again; looked at when documents were read again. */
    private Index index() {
        Documents documents = registry.documents();
        Index known = index.get();
        if (known.documents() == documents) {
            return known;
        }
        Optional<String> word = documents.find(SOURCE, LAST);
        Map<String, String> texts = documents.of(kind());
        known = known.word().equals(word) && known.texts().equals(texts)
                ? known.asOf(documents)
                : build(documents, word, texts);
        index.set(known);
        return known;
    }

    private Index build(Documents documents, Optional<String> word, Map<String, String> texts) {
        Map<MemberId, Membership> people = Map.copyOf(all(documents));
        Map<AccountName, Membership> accounts = new TreeMap<>();
        people.values()
                .forEach(one -> one.person()
                        .account()
                        .ifPresent(account -> accounts.merge(account, one, MemberBook::whoStands)));
        Map<String, Membership> identities = new TreeMap<>();
        (source == MemberSource.From.EXPORT ? identities() : NO_IDENTITIES).forEach((identity, id) -> {
            Membership member = people.get(new MemberId(id));
            if (member != null) {
                identities.put(identity, member);
            }
        });
        return new Index(documents, word, texts, people, accounts, identities);
    }

    /** Of two that had one account after each other: the one who has not left. */
    private static Membership whoStands(Membership one, Membership other) {
        return one.left().isEmpty() ? one : other;
    }
}
