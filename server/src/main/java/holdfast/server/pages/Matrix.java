package holdfast.server.pages;

import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Map;

/**
 * Registered files by class and site.
 *
 * @param rows one for each class that files can belong to, in the plan's order
 * @param unclassified registered files that belong to no class
 * @param lost registered files declared lost, of any class
 */
public record Matrix(List<Row> rows, long unclassified, long lost) {
    public Matrix {
        rows = List.copyOf(rows);
    }

    /**
     * One class.
     *
     * @param files registered files of the class
     * @param sites sites that hold any; sites left out hold none
     */
    public record Row(ClassId classId, long files, Map<SiteName, Held> sites) {
        public Row {
            sites = Map.copyOf(sites);
        }
    }

    /**
     * Files of one class at one site, each once however many elements of the site hold it.
     *
     * @param held files with bytes there, whatever their state
     * @param counting files with a copy there that counts now
     */
    public record Held(long held, long counting) {
        public static final Held NONE = new Held(0, 0);

        public Held {
            if (counting > held) {
                throw new IllegalArgumentException("%d copies count of %d held".formatted(counting, held));
            }
        }
    }

    /** All registered files. */
    long files() {
        return rows.stream().mapToLong(Row::files).sum() + unclassified;
    }
}
