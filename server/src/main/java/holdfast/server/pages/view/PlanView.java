package holdfast.server.pages.view;

import java.util.List;
import java.util.Optional;

/** The plan page. */
public record PlanView(
        Chrome chrome,
        AsOf asOf,
        Sentence state,
        List<StripGroup> strip,
        List<RiskRow> risks,
        long moreRisks,
        List<ClauseGroup> clauses,
        Matrix matrix,
        List<ShareTable> shares) {
    public PlanView {
        strip = List.copyOf(strip);
        risks = List.copyOf(risks);
        clauses = List.copyOf(clauses);
        shares = List.copyOf(shares);
    }

    /**
     * Against which plan and when.
     *
     * @param local the same moment at the house's own clock, {@code 15:00 at LAB}; empty where that is UTC
     */
    public record AsOf(String planVersion, Moment taken, Optional<String> local) {}

    /** Tiles of one group of clauses. */
    public record StripGroup(String title, String detail, List<Tile> tiles) {
        public StripGroup {
            tiles = List.copyOf(tiles);
        }
    }

    /** One clause in the strip. */
    public record Tile(String label, String clause, Badge badge, String spoken) {}

    /** Something at risk: files by name, or a thing in words. */
    public record RiskRow(
            boolean bad,
            String words,
            List<Did> files,
            String more,
            String why,
            Optional<Moment> since,
            String next,
            List<String> clauses) {
        public RiskRow {
            files = List.copyOf(files);
            clauses = List.copyOf(clauses);
        }
    }

    /** Clauses under one heading. */
    public record ClauseGroup(String title, String counts, List<ClauseRow> rows) {
        public ClauseGroup {
            rows = List.copyOf(rows);
        }
    }

    /**
     * One clause.
     *
     * @param subjects a number, or words where nothing was counted
     * @param failing a number, or words where it is not known
     * @param failingLink whether there are failing subjects to be listed
     * @param unknown subjects of which the verdict cannot be told, in words; empty for none
     * @param notes why, and what stands beside the verdict; a line each
     */
    public record ClauseRow(
            String id,
            String says,
            Badge badge,
            String subjects,
            String failing,
            boolean failingLink,
            String unknown,
            Optional<AgeChip> proof,
            List<String> notes) {
        public ClauseRow {
            notes = List.copyOf(notes);
        }
    }

    /** Classes of files by site. */
    public record Matrix(List<String> sites, List<MatrixRow> rows) {
        public Matrix {
            sites = List.copyOf(sites);
            rows = List.copyOf(rows);
        }
    }

    /** One class; a cell for each site. */
    public record MatrixRow(
            boolean bad, String name, String files, List<Cell> cells, String asked, String askedDetail) {
        public MatrixRow {
            cells = List.copyOf(cells);
        }
    }

    /** One class at one site; no bar where the site holds nothing. */
    public record Cell(String site, String percent, String detail, Optional<Bar> bar) {}

    /** Shares held against shares agreed, for one clause. */
    public record ShareTable(String clause, String title, Badge state, List<ShareCell> sites, int scale, String note) {
        public ShareTable {
            sites = List.copyOf(sites);
        }
    }

    /** One site's share. */
    public record ShareCell(String site, String held, String agreed, boolean low, boolean off, Bar small, Bar large) {}
}
