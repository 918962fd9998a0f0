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
    private final MemberBook book;
    private final Memory memory;
    private final HouseClock clock;

    public SourceWatch(Supplier<MemberSource> source, MemberBook book, Memory memory, HouseClock clock) {
        this.source = source;
        this.book = book;
        this.memory = memory;
        this.clock = clock;
    }

    /**
     * How it stands.
     *
     * @param silentSince since when its last word is too old; empty where it is not, never spoke, or is not asked
     */
    public record State(
            MemberSource source, Optional<LastWord> word, Optional<Instant> silentSince, Optional<Problem> problem) {}

    /** What is wrong with the export that a node reads, and since when. */
    public record Problem(String what, Instant since) {}

    public State now() {
        MemberSource asked = source.get();
        Optional<LastWord> word = book.lastWord();
        Instant now = clock.now();
        boolean matters = asked.from() == MemberSource.From.EXPORT;
        return new State(
                asked,
                word,
                word.map(last -> last.said().plus(asked.silentAfter())).filter(end -> matters && !now.isBefore(end)),
                memory.recall(MembersRound.PROBLEM)
                        .filter(note -> matters && !note.value().isEmpty())
                        .map(note -> new Problem(note.value(), note.at())));
    }
}
