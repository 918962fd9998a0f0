package holdfast.cli;

import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.Duty;
import holdfast.plan.InWords;
import holdfast.plan.Level;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.ClauseId;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plan explain}: one clause in words: what it asks, of whom, about what, and where each duty comes from. */
@Command(
        name = "explain",
        description = "Says in words what a clause asks, of whom, about what, and on what basis.",
        mixinStandardHelpOptions = true)
final class PlanExplain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLAUSE", description = "The clause, such as P-26.")
    private String clause;

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "The plan file.")
    private Path plan;

    @Option(names = "--sites", paramLabel = "FILE", description = "Its sites file; FILE-sites beside it if not given.")
    private @Nullable Path sites;

    @Override
    public Integer call() {
        PlanSet set = PlanSet.of(plan, Optional.ofNullable(sites), Optional.empty());
        Sites known = set.readSites().orThrow();
        Plan read = set.readPlan(known).orThrow();
        explain(read, known, clause(read));
        return ExitCode.OK;
    }

    private Clause clause(Plan read) {
        try {
            return Optional.ofNullable(read.clauses().get(new ClauseId(clause)))
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(), "The plan has no clause " + clause + "; it has " + span(read) + "."));
        } catch (BadWord bad) {
            throw new ParameterException(spec.commandLine(), String.valueOf(bad.getMessage()));
        }
    }

    private static String span(Plan read) {
        return read.clauses().keySet().stream().map(ClauseId::name).collect(Collectors.joining(", "));
    }

    private void explain(Plan read, Sites known, Clause c) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(c.id() + "  " + c.says());
        out.println();
        row(out, "plan", read.title() + ", version " + read.version());
        row(out, "section", c.section());
        row(out, "binds", c.binds());
        c.level().map(l -> read.levels().get(l)).ifPresent(l -> row(out, "level", level(l)));
        row(out, "about", about(c));
        if (c.standing() == Standing.STATEMENT) {
            row(out, "standing", "a statement: it binds nobody and is never counted among the met");
        }
        duties(out, "must", c.must());
        duties(out, "agreed", c.agreed());
        tables(out, known, c);
        c.assumed().ifPresent(a -> row(out, "assumed", a + " (no part of the verdict)"));
        c.measure().ifPresent(m -> row(out, "measured by", m));
        row(out, "waivable", c.waivable() ? "yes: by name, by an owner, for at most 90 d" : "no");
    }

    private static String level(Level level) {
        return level.id() + ", " + level.name() + ", for "
                + level.audience().name().toLowerCase(Locale.ROOT);
    }

    private static String about(Clause c) {
        return c.about().isEmpty()
                ? "this system"
                : c.about().stream().sorted().map(ClassId::name).collect(Collectors.joining(", "));
    }

    private static void duties(PrintWriter out, String heading, List<Duty> duties) {
        String label = heading;
        for (Duty duty : duties) {
            row(out, label, InWords.say(duty.obligation()) + " [" + InWords.say(duty.basis(), duty.reading()) + "]");
            label = "";
        }
    }

    /** The shares that the clause rests on, with who entered them: they are data, not part of the plan. */
    private static void tables(PrintWriter out, Sites known, Clause c) {
        Stream.concat(c.must().stream(), c.agreed().stream())
                .flatMap(d -> table(d.obligation()).stream())
                .distinct()
                .flatMap(name -> Optional.ofNullable(known.agreements().get(name)).stream())
                .flatMap(a -> a.periods().stream().map(p -> Map.entry(a.name(), p)))
                .forEach(e -> row(
                        out,
                        e.getKey(),
                        "from " + e.getValue().from()
                                + e.getValue().until().map(u -> " until " + u).orElse("") + ": "
                                + e.getValue().shares().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(s -> s.getKey() + " " + InWords.number(s.getValue()) + " %")
                                        .collect(Collectors.joining(", "))
                                + (e.getValue().confirmed() ? " (confirmed, " : " (unconfirmed, ")
                                + "entered by " + e.getValue().enteredBy() + " on "
                                + e.getValue().enteredOn() + ")"));
    }

    private static Optional<String> table(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CoveredBy(PlaceRule place) -> place.table();
            case Obligation.CompleteAt(PlaceRule place) -> place.table();
            case Obligation.FollowShares(String table, double within) -> Optional.of(table);
            default -> Optional.empty();
        };
    }

    private static void row(PrintWriter out, String label, String text) {
        out.printf("  %-12s %s%n", label, text);
    }
}
