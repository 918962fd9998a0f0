package holdfast.server.members;

import holdfast.plan.MemberSource;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Memory;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** How the source of members stands: what it said last, whether that is too old, and what is wrong with its newest export. */
public final class SourceWatch {
    private final Supplier<MemberSource> source;
    private final Supplier<MemberBook> book;
    private final Memory memory;
    private final HouseClock clock;

    public SourceWatch(Supplier<MemberSource> source, Supplier<MemberBook> book, Memory memory, HouseClock clock) {
        this.source = source;
        this.book = book;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param said of which moment the last word is; empty where it never spoke, or is not asked
     * @param word what an export said last; empty where none came, or none is asked
     * @param silentSince since when its last word is too old; empty where it is not, never spoke, or is not asked
     */
    public record State(
            MemberSource source,
            Optional<Instant> said,
            Optional<LastWord> word,
            Optional<Instant> silentSince,
            Optional<Problem> problem) {}

    /** What is wrong with the export that a node reads, and since when. */
    public record Problem(String what, Instant since) {}

    public State now() {
        MemberSource asked = source.get();
        Optional<Instant> said = asked.isOutside() ? book.get().said() : Optional.empty();
        Instant now = clock.now();
        boolean isExport = asked.from() == MemberSource.From.EXPORT;
        return new State(
                asked,
                said,
                isExport ? book.get().lastWord() : Optional.empty(),
                said.map(last -> last.plus(asked.silentAfter())).filter(end -> !now.isBefore(end)),
                memory.recall(MembersRound.PROBLEM)
                        .filter(note -> isExport && !note.value().isEmpty())
                        .map(note -> new Problem(note.value(), note.at())));
    }
}
