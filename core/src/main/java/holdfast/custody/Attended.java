package holdfast.custody;

import holdfast.catalog.FileRow;
import holdfast.judgement.Answer;
import holdfast.judgement.Tally;
import holdfast.placement.Demand;
import holdfast.placement.LoadView;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What attending some files came to, in absolute numbers for exactly those files.
 *
 * @param tallies answers added up by clause and duty
 * @param shortfalls files that fall short of a clause, or are arriving
 * @param held copies by class, element and period
 * @param census registered files by class; files of no class under the empty one
 * @param orders copies to order
 * @param placed files whose placement duties were all met for the first time, as their rows now are
 * @param load what the sites hold once these orders are given
 */
public record Attended(
        Map<DutyKey, Tally> tallies,
        List<Shortfall> shortfalls,
        Map<HeldKey, Held> held,
        Map<Optional<ClassId>, Census> census,
        List<Order> orders,
        List<FileRow> placed,
        LoadView load) {

    /**
     * A duty of a clause by its place in the clause.
     *
     * @param duty from 0, or {@link #WHOLE} for the worst of them all
     */
    public record DutyKey(ClauseId clause, int duty) {
        public static final int WHOLE = -1;
    }

    /** A demand with the size of its file and the day the sharing period of the file begins. */
    public record Order(Demand demand, ByteSize size, LocalDate period) {}

    /** Registered files: how many, their bytes, and how many were declared lost. */
    public record Census(long files, long bytes, long lost) {
        public Census plus(Census other) {
            return new Census(files + other.files, bytes + other.bytes, lost + other.lost);
        }
    }

    /** A file that falls short of a clause: the worst answer of its duties. */
    public record Shortfall(DataId file, ClauseId clause, Answer answer) {}

    /** Copies are added up by class, element and the day the sharing period of their file begins. */
    public record HeldKey(ClassId classId, StorageName storage, LocalDate period) {}

    /**
     * Copies of a kind.
     *
     * @param files standing copies
     * @param counting those that count
     * @param bytes bytes of those that count
     */
    public record Held(long files, long counting, long bytes) {
        public Held plus(Held other) {
            return new Held(files + other.files, counting + other.counting, bytes + other.bytes);
        }
    }
}
