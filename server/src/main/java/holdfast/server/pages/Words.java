package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Judge;
import holdfast.judgement.Reason;
import holdfast.judgement.Verdict;
import holdfast.plan.Basis;
import holdfast.plan.Clause;
import holdfast.plan.Duty;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import holdfast.vocabulary.ClassId;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words that several tables share. */
final class Words {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** Classes that a sentence names; of more it says "files". */
    private static final int FEW = 3;

    private Words() {}

    /** A name of the plan's elements and words, joined with commas and a last {@code and}. */
    static String and(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.getLast();
    }

    /** {@code 1 is} or {@code 3 are}. */
    static String are(long number) {
        return Numbers.count(number) + (number == 1 ? " is" : " are");
    }

    static String sentence(String words) {
        String trimmed = words.strip();
        if (trimmed.isEmpty()) {
            return trimmed;
        }
        String upper = Character.toUpperCase(trimmed.charAt(0)) + trimmed.substring(1);
        return upper.endsWith(".") || upper.endsWith("?") ? upper : upper + ".";
    }

    static String withoutStop(String words) {
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    static String reason(Reason reason) {
        return withoutStop(reason.text());
    }

    /** Where a duty comes from; when it is broken, what that breaks. */
    static String basis(Duty duty, Verdict verdict) {
        boolean broken = verdict == Verdict.BREACHED;
        String reading = duty.reading().map(r -> "reading " + r).orElse("our reading");
        return switch (duty.basis()) {
            case PLAN -> broken ? "breaks the plan's words" : "the plan's words";
            case READING -> broken ? "breaks the plan's words, by " + reading : reading + " of the plan's words";
            case OUR_SETTING -> broken ? "misses our setting" : "our setting";
        };
    }

    static boolean isOurSetting(Duty duty) {
        return duty.basis() == Basis.OUR_SETTING;
    }

    /** {@code files of class raw}; {@code files} where they are of many classes; {@code subjects} of other things. */
    static String subjects(Clause clause, long number) {
        boolean files = clause.must().stream().anyMatch(d -> Judge.isAboutFiles(d.obligation()));
        if (!files) {
            return number == 1 ? "subject" : "subjects";
        }
        String word = number == 1 ? "file" : "files";
        boolean named = !clause.about().isEmpty() && clause.about().size() <= FEW;
        return named ? word + " of " + classes(clause) : word;
    }

    static String classes(Clause clause) {
        List<String> names = clause.about().stream().sorted().map(ClassId::name).toList();
        return (names.size() == 1 ? "class " : "classes ") + and(names);
    }

    static String share(Shares.State state) {
        return switch (state) {
            case IN -> "share in agreement";
            case OFF -> "share off: a broken agreement, not a loss";
            case UNCONFIRMED -> "share not confirmed";
            case NOT_MEASURED -> "share not measured";
        };
    }

    /** What stands beside a verdict and is part of no number in it: a line each. */
    static List<String> beside(ClauseVerdict v, Instant taken) {
        List<String> lines = new ArrayList<>(notInTheSentence(v, taken));
        v.silentSince()
                .ifPresent(s -> lines.add("not answering since " + Moment.words(s) + " (" + ago(s, taken) + ")"));
        v.shares().ifPresent(s -> lines.add(share(s.state())));
        return lines;
    }

    /** Of these, what a clause's own sentence does not say. */
    static List<String> notInTheSentence(ClauseVerdict v, Instant taken) {
        List<String> lines = new ArrayList<>();
        if (v.arriving() > 0) {
            String oldest = v.oldestArriving()
                    .map(o -> ", the oldest first mentioned " + ago(o, taken))
                    .orElse("");
            lines.add(Numbers.count(v.arriving()) + " arriving, in neither number" + oldest);
        }
        if (v.waived() > 0) {
            lines.add("waived: %s of %s".formatted(Numbers.count(v.waived()), Numbers.count(v.failing())));
        }
        v.clause().assumed().ifPresent(a -> lines.add("assumed, not proved: " + withoutStop(a)));
        return lines;
    }

    static String ago(Instant moment, Instant taken) {
        return Moment.of(moment, taken).ago();
    }

    /** The moment at the clock that the sites file names, {@code 15:00 at LAB}; empty where that clock shows UTC. */
    static Optional<String> localClock(PageData page) {
        ZoneId zone = ZoneId.of(page.sites().timeZone());
        boolean utc = zone.getRules().getOffset(page.takenAt()).equals(ZoneOffset.UTC);
        return utc
                ? Optional.empty()
                : Optional.of(CLOCK.format(LocalTime.ofInstant(page.takenAt(), zone)) + " at "
                        + page.sites().clockName());
    }
}
