package holdfast.server.members;

import holdfast.access.MemberId;
import holdfast.registry.Document;
import holdfast.registry.RegistryFact.DocumentsChanged;
import holdfast.server.sql.Entries;
import holdfast.server.sql.Registry.Documents;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Who was a member when, from the journal: it looks through every change of a document. */
public final class MemberHistory {
    private final Entries entries;
    private final Supplier<MemberBook> book;

    /** @param book of the source that the plan in force asks */
    public MemberHistory(Entries entries, Supplier<MemberBook> book) {
        this.entries = entries;
        this.book = book;
    }

    /** Everybody whom the source had ever named, as it stood at a moment. */
    public SortedMap<MemberId, Membership> at(Instant moment) {
        MemberBook asked = book.get();
        NavigableMap<Document.Name, String> texts = new TreeMap<>();
        entries.ofKind(DocumentsChanged.KIND, entry -> {
            if (!entry.at().isAfter(moment)) {
                DocumentsChanged.read(entry.lines()).changes().stream()
                        .filter(change -> change.name().kind().equals(asked.kind()))
                        .forEach(change -> change.text()
                                .ifPresentOrElse(
                                        text -> texts.put(change.name(), text), () -> texts.remove(change.name())));
            }
        });
        return asked.all(new Documents(texts));
    }
}
