package holdfast.server.pages.view;

import holdfast.server.pages.view.PlanView.RiskRow;
import holdfast.server.pages.view.PlanView.ShareTable;
import java.util.List;
import java.util.Optional;

/** The page of one clause. */
public record ClauseView(
        Chrome chrome,
        PlanView.AsOf asOf,
        Words words,
        Badge badge,
        Sentence state,
        List<DutyRow> duties,
        List<String> why,
        Failing failing,
        Optional<CoveragePanel> coverage,
        List<ShareTable> shares,
        Waivers waivers,
        Evidence evidence,
        List<RiskRow> risks,
        List<String> next) {
    public ClauseView {
        duties = List.copyOf(duties);
        why = List.copyOf(why);
        shares = List.copyOf(shares);
        risks = List.copyOf(risks);
        next = List.copyOf(next);
    }

    /** The clause itself. */
    public record Words(
            String id, String says, String section, String group, String binds, String about, String standing) {}

    /** One obligation and its answer. */
    public record DutyRow(
            String says,
            String basis,
            Badge badge,
            String subjects,
            String failing,
            String unknown,
            Optional<AgeChip> proof,
            List<String> notes) {
        public DutyRow {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Subjects that fall short, by name.
     *
     * @param heading {@code The files that fail}
     * @param intro how many of how many are shown
     */
    public record Failing(String heading, String intro, List<FailingRow> rows, boolean more) {
        public Failing {
            rows = List.copyOf(rows);
        }
    }

    /** A subject that falls short: a file's name, or words. */
    public record FailingRow(Badge badge, Optional<Did> file, String words, List<String> why, String next) {
        public FailingRow {
            why = List.copyOf(why);
        }
    }

    /** Coverage of a union, in numbers and drawn. */
    public record CoveragePanel(String percent, CoverageBar bar, String covered, String missing, String judged) {}

    /** Waivers in force, or the sentence that there is none. */
    public record Waivers(String summary, List<WaiverRow> inForce) {
        public Waivers {
            inForce = List.copyOf(inForce);
        }
    }

    /** A waiver in force. */
    public record WaiverRow(String subjects, String reason, String owner, String signer, String span) {}

    /** What the verdict rests on and how to check it elsewhere. */
    public record Evidence(
            String counted,
            String size,
            List<String> root,
            Optional<Moment> signed,
            Optional<Moment> outside,
            String validUntil,
            List<String> planDigest) {
        public Evidence {
            root = List.copyOf(root);
            planDigest = List.copyOf(planDigest);
        }
    }
}
