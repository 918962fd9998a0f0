package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.Clause;
import holdfast.plan.Level;
import holdfast.plan.Plan;
import holdfast.server.pages.view.Badge;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.PlanView.ClauseGroup;
import holdfast.server.pages.view.PlanView.ClauseRow;
import holdfast.server.pages.view.PlanView.StripGroup;
import holdfast.server.pages.view.PlanView.Tile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Clauses under the levels they speak of, as tiles and as a table; both from the same rows. */
record ClauseGroups(PageData page) {
    private static final String OF_ALL = "All data";

    /** A heading in two parts; a deep section of the plan (2.4.1) gets a heading of its own within its level. */
    private record Heading(int rank, String section, String title, String detail) implements Comparable<Heading> {
        private static final Comparator<Heading> ORDER =
                Comparator.comparingInt(Heading::rank).thenComparing(Heading::section);

        @Override
        public int compareTo(Heading other) {
            return ORDER.compare(this, other);
        }

        String words() {
            return detail.isEmpty() ? title : title + " · " + detail;
        }
    }

    static String heading(Plan plan, Clause clause) {
        return headingOf(plan, clause).words();
    }

    List<StripGroup> strip() {
        return grouped().entrySet().stream()
                .map(e -> new StripGroup(
                        e.getKey().title(),
                        e.getKey().detail(),
                        e.getValue().stream().map(this::tile).toList()))
                .toList();
    }

    List<ClauseGroup> table() {
        return grouped().entrySet().stream()
                .map(e -> new ClauseGroup(
                        e.getKey().words(),
                        counts(e.getValue()),
                        e.getValue().stream().map(this::row).toList()))
                .toList();
    }

    private Map<Heading, List<ClauseVerdict>> grouped() {
        Map<Heading, List<ClauseVerdict>> groups = new TreeMap<>();
        for (ClauseVerdict given : Listing.inOrder(page)) {
            ClauseVerdict v = given.readAt(page.takenAt());
            groups.computeIfAbsent(headingOf(page.plan(), v.clause()), h -> new ArrayList<>())
                    .add(v);
        }
        return groups;
    }

    private static Heading headingOf(Plan plan, Clause clause) {
        if (clause.id().series() != series(plan)) {
            return new Heading(Integer.MAX_VALUE, "", "Beside the plan", "duties it rests on");
        }
        if (clause.level().isEmpty()) {
            return new Heading(0, "", OF_ALL, "");
        }
        String name = Optional.ofNullable(plan.levels().get(clause.level().get()))
                .map(Level::name)
                .orElse("");
        long depth = clause.section().chars().filter(c -> c == '.').count();
        String section = depth > 1 ? clause.section() : "";
        String detail = section.isEmpty() || name.isEmpty() ? name + section : name + ", " + section;
        int level = clause.level().get().number();
        return new Heading(level, section, "Level " + level, detail);
    }

    /** The letter of the plan's own clauses: that of the first. */
    private static char series(Plan plan) {
        return plan.clauses().keySet().stream()
                .findFirst()
                .map(id -> id.series())
                .orElse('P');
    }

    private Tile tile(ClauseVerdict v) {
        String id = v.clause().id().name();
        Badge badge = Badge.of(v.verdict());
        boolean own = v.clause().id().series() == series(page.plan());
        String label = own ? id.substring(2) : id.replace("-", "");
        return new Tile(label, id, badge, id + ": " + badge.word().toLowerCase(Locale.ROOT));
    }

    private static String counts(List<ClauseVerdict> group) {
        long duties = group.stream().filter(v -> v.verdict().isPresent()).count();
        if (duties == 0) {
            return "no duty";
        }
        List<String> parts = new ArrayList<>();
        parts.add("%d of %d met".formatted(count(group, Verdict.MET), duties));
        add(parts, count(group, Verdict.BREACHED), "breached");
        add(parts, count(group, Verdict.UNDETERMINED), "undetermined");
        add(parts, group.size() - duties, "no duty");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long number, String word) {
        if (number > 0) {
            parts.add(number + " " + word);
        }
    }

    private static long count(List<ClauseVerdict> group, Verdict verdict) {
        return group.stream()
                .filter(v -> v.verdict().equals(Optional.of(verdict)))
                .count();
    }

    private ClauseRow row(ClauseVerdict v) {
        boolean duty = v.verdict().isPresent();
        boolean measured = duty && !(ClauseSentence.isUnmeasured(v) && v.subjects() == 0);
        return new ClauseRow(
                v.clause().id().name(),
                Words.withoutStop(v.clause().says()),
                Badge.of(v.verdict()),
                !duty ? "not asked" : measured ? Numbers.count(v.subjects()) : "not known",
                !duty ? "not asked" : failing(v, measured),
                duty && v.failing() > 0,
                v.undetermined() > 0 ? Numbers.count(v.undetermined()) + " not known" : "",
                duty ? new Proofs(page).of(v) : Optional.empty(),
                notes(v));
    }

    private static String failing(ClauseVerdict v, boolean measured) {
        boolean unknown = v.verdict().equals(Optional.of(Verdict.UNDETERMINED)) && v.failing() == 0;
        return !measured || (unknown && v.undetermined() == 0) ? "not known" : Numbers.count(v.failing());
    }

    private List<String> notes(ClauseVerdict v) {
        List<String> lines = new ArrayList<>();
        if (!v.reasons().isEmpty()) {
            int more = v.reasons().size() - 1;
            lines.add(Words.reason(v.reasons().getFirst()) + (more > 0 ? " (and " + more + " more)" : ""));
        }
        if (v.reasons().isEmpty()) {
            v.clause().measure().ifPresent(m -> lines.add("not measured yet; what would: " + Words.withoutStop(m)));
        }
        lines.addAll(Words.beside(v, page.takenAt()));
        return lines;
    }
}
