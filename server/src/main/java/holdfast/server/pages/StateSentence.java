package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.Sentence;
import holdfast.server.pages.view.Sentence.Mood;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The plan's state in a few sentences: the verdict in words, then counts, then what is lost or nearest to it, with a
 * link. Statements that are no duty are counted in none of the numbers.
 */
final class StateSentence {
    private final PageData page;
    private final List<ClauseVerdict> verdicts;
    private final Sentence.Writer words = new Sentence.Writer();

    private StateSentence(PageData page) {
        this.page = page;
        this.verdicts =
                page.verdicts().stream().map(v -> v.readAt(page.takenAt())).toList();
    }

    static Sentence of(PageData page) {
        return new StateSentence(page).sentence();
    }

    private Sentence sentence() {
        words.stress(headline());
        page.alerts().forEach(alert -> words.stress(" " + alert + "."));
        counts();
        arriving();
        losses();
        nearest();
        return words.as(mood());
    }

    private Mood mood() {
        if (count(Verdict.BREACHED) > 0 || page.matrix().lost() > 0) {
            return Mood.BAD;
        }
        return count(Verdict.UNDETERMINED) > 0
                        || duties() == 0
                        || !page.alerts().isEmpty()
                ? Mood.OPEN
                : Mood.GOOD;
    }

    private String headline() {
        boolean nothing = page.matrix().files() == 0;
        if (duties() == 0) {
            return "The plan has no clause that binds anyone.";
        }
        if (count(Verdict.BREACHED) > 0) {
            return nothing ? "The plan is not fully met, and nothing is registered yet." : "The plan is not fully met.";
        }
        if (count(Verdict.UNDETERMINED) > 0) {
            return nothing
                    ? "Nothing is registered yet."
                    : "No clause is known to be breached, but not all can be shown to be met.";
        }
        return "The plan is met.";
    }

    private void counts() {
        if (duties() == 0) {
            statements();
            return;
        }
        words.say(" " + tally());
        statements();
    }

    private String tally() {
        long all = duties();
        if (count(Verdict.MET) == all) {
            return all == 1
                    ? "Its one clause is met now."
                    : "All %s clauses are met now.".formatted(Numbers.count(all));
        }
        if (count(Verdict.UNDETERMINED) == all) {
            return all == 1
                    ? "Its one clause cannot be determined."
                    : "None of its %s clauses can be determined.".formatted(Numbers.count(all));
        }
        List<String> parts = new ArrayList<>();
        part(parts, count(Verdict.MET), "met");
        part(parts, count(Verdict.BREACHED), "breached");
        long open = count(Verdict.UNDETERMINED);
        if (open > 0) {
            parts.add(Numbers.count(open) + " cannot be determined");
        }
        return "Of %s %s.".formatted(Numbers.count(all, "clause"), Words.and(parts));
    }

    private static void part(List<String> parts, long number, String word) {
        if (number > 0) {
            parts.add(Words.are(number) + " " + word);
        }
    }

    private void statements() {
        long statements = verdicts.size() - duties();
        if (statements > 0) {
            words.say(
                    statements == 1
                            ? " 1 statement of the plan is no duty and is not counted."
                            : " %s statements of the plan are no duties and are not counted."
                                    .formatted(Numbers.count(statements)));
        }
    }

    /** Clauses share their subjects, so that their arriving files cannot be added up: the clause with the most is named. */
    private void arriving() {
        verdicts.stream()
                .filter(v -> v.arriving() > 0)
                .max(Comparator.comparingLong(ClauseVerdict::arriving)
                        .thenComparing(v -> v.clause().id(), Comparator.reverseOrder()))
                .ifPresent(v -> {
                    words.say(" " + Words.are(v.arriving()).replaceFirst(" ", v.arriving() == 1 ? " file " : " files ")
                            + " still arriving for ");
                    words.link(v.clause().id().name(), link(v.clause().id().name()));
                    words.say(v.oldestArriving()
                                    .map(o -> ", the oldest first mentioned "
                                            + Moment.of(o, page.takenAt()).ago())
                                    .orElse("")
                            + ", and in neither number.");
                });
    }

    private void losses() {
        long lost = page.matrix().lost();
        if (lost > 0) {
            words.stress(" " + Numbers.count(lost, "file") + (lost == 1 ? " is" : " are") + " lost.");
        } else if (page.matrix().files() > 0) {
            words.say(" No file is known to be lost.");
        }
    }

    private void nearest() {
        List<AtRisk> risks = Listing.worstFirst(page).stream()
                .filter(r -> r.danger() != AtRisk.Danger.LOST)
                .toList();
        if (risks.isEmpty()) {
            return;
        }
        AtRisk worst = risks.getFirst();
        long files = risks.stream()
                .filter(r -> r.danger() == worst.danger())
                .mapToLong(AtRisk::files)
                .sum();
        Optional<String> state = state(worst.danger(), files);
        String where = link(worst.clauses().getFirst().name());
        if (files > 0 && state.isPresent()) {
            words.say(" ").link(Numbers.count(files, "file"), where).say(" " + state.get() + ".");
        } else {
            words.say(" First at risk: ").link(name(worst), where).say(".");
        }
    }

    private static Optional<String> state(AtRisk.Danger danger, long files) {
        return switch (danger) {
            case LOST, NOT_SHOWN -> Optional.empty();
            case NO_PROVED_COPY -> Optional.of(files == 1 ? "has no proved copy" : "have no proved copy");
            case ONE_PROVED_COPY -> Optional.of(files == 1 ? "stands on one proved copy" : "stand on one proved copy");
            case LESS_THAN_ASKED ->
                Optional.of(files == 1 ? "has less than the plan asks" : "have less than the plan asks");
        };
    }

    private static String name(AtRisk risk) {
        return switch (risk.subject()) {
            case AtRisk.Files files -> Numbers.count(files.count(), "file");
            case AtRisk.Thing thing -> thing.words();
        };
    }

    private static String link(String clause) {
        return "/plan/" + clause;
    }

    private long duties() {
        return verdicts.stream().filter(v -> v.verdict().isPresent()).count();
    }

    private long count(Verdict verdict) {
        return verdicts.stream()
                .filter(v -> v.verdict().equals(Optional.of(verdict)))
                .count();
    }
}
