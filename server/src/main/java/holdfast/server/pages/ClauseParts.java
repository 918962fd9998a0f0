package holdfast.server.pages;

import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Verdict;
import holdfast.plan.InWords;
import holdfast.plan.Obligation;
import holdfast.plan.Waiver;
import holdfast.server.pages.view.Badge;
import holdfast.server.pages.view.ClauseView;
import holdfast.server.pages.view.ClauseView.DutyRow;
import holdfast.server.pages.view.ClauseView.Evidence;
import holdfast.server.pages.view.ClauseView.FailingRow;
import holdfast.server.pages.view.ClauseView.WaiverRow;
import holdfast.server.pages.view.ClauseView.Waivers;
import holdfast.server.pages.view.Did;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.Numbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts of a clause's page below its sentence. */
record ClauseParts(ClauseData data, ClauseVerdict v) {
    /** Names on the page; the CSV has all. */
    private static final int NAMED = 50;

    private static final int REASONS = 8;

    /** The verdict's reasons, then what stands beside it. */
    List<String> why() {
        List<String> lines = new ArrayList<>();
        v.reasons().stream()
                .limit(REASONS)
                .map(Words::reason)
                .map(Words::sentence)
                .forEach(lines::add);
        if (v.reasons().size() > REASONS) {
            lines.add("And %d reasons more, in the JSON.".formatted(v.reasons().size() - REASONS));
        }
        Words.notInTheSentence(v, data.page().takenAt()).stream()
                .map(Words::sentence)
                .forEach(lines::add);
        return lines;
    }

    List<DutyRow> duties() {
        List<DutyRow> rows = new ArrayList<>();
        v.duties().forEach(d -> rows.add(duty(d)));
        v.shares()
                .ifPresent(shares -> v.clause()
                        .agreed()
                        .forEach(d -> rows.add(new DutyRow(
                                says(d.obligation()),
                                "an agreement, beside the verdict; " + Words.basis(d, Verdict.MET),
                                Badge.of(shares.state()),
                                Numbers.count(shares.sites().size(), "site"),
                                Numbers.count(shares.sites().stream()
                                        .filter(s -> !s.within())
                                        .count()),
                                "",
                                Optional.empty(),
                                List.of()))));
        return rows;
    }

    private DutyRow duty(ClauseVerdict.DutyVerdict d) {
        boolean unmeasured = d.duty().obligation() instanceof Obligation.Unmeasured;
        boolean unknown = d.verdict() == Verdict.UNDETERMINED
                && d.tally().breached() == 0
                && d.tally().undetermined() == 0;
        long open = d.tally().undetermined();
        return new DutyRow(
                says(d.duty().obligation()),
                Words.basis(d.duty(), d.verdict()),
                Badge.of(d.verdict()),
                unmeasured ? "not known" : Numbers.count(d.tally().subjects()),
                unmeasured || unknown ? "not known" : Numbers.count(d.tally().breached()),
                !unmeasured && open > 0 ? Numbers.count(open) + " not known" : "",
                new Proofs(data.page()).of(d),
                notes(d));
    }

    /** One wording for pages, command line and JSON; it begins with a verb except where nothing measures the duty. */
    private static String says(Obligation obligation) {
        String words = InWords.say(obligation);
        return obligation instanceof Obligation.Unmeasured ? Words.withoutStop(Words.sentence(words)) : "Must " + words;
    }

    private static List<String> notes(ClauseVerdict.DutyVerdict d) {
        return d.duty().obligation() instanceof Obligation.Unmeasured
                ? List.of()
                : d.reasons().stream().map(Words::reason).distinct().limit(3).toList();
    }

    ClauseView.Failing failing() {
        List<ClauseVerdict.Failing> named = v.named();
        long inAll = Math.max(v.failing() + v.undetermined(), named.size());
        int shown = Math.min(NAMED, named.size());
        boolean files = named.stream().allMatch(f -> f.file().isPresent());
        boolean broken = named.stream().allMatch(f -> f.verdict() == Verdict.BREACHED);
        return new ClauseView.Failing(
                (files ? "The files that fall short" : "What falls short") + (broken ? "" : ", or cannot be told"),
                shown == inAll ? "All of them." : "The first %d of %s.".formatted(shown, Numbers.count(inAll)),
                named.stream().limit(NAMED).map(this::failing).toList(),
                shown < inAll);
    }

    private FailingRow failing(ClauseVerdict.Failing f) {
        List<String> why = f.reasons().stream().map(Words::reason).toList();
        return new FailingRow(
                Badge.of(f.verdict()),
                f.file().map(Did::of),
                f.file().isPresent() ? "" : f.subject(),
                why.isEmpty() ? List.of("not known") : why,
                Optional.ofNullable(data.next().get(f.subject()))
                        .map(Words::withoutStop)
                        .orElse("not known"));
    }

    Waivers waivers() {
        Instant now = data.page().takenAt();
        List<WaiverRow> inForce = data.waivers().stream()
                .filter(w -> w.clause().equals(v.clause().id()) && w.inForce(now))
                .map(ClauseParts::waiver)
                .toList();
        String summary = !inForce.isEmpty()
                ? "Waived: %s of %s that fall short.".formatted(Numbers.count(v.waived()), Numbers.count(v.failing()))
                : v.clause().waivable() ? "None in force." : "This clause cannot be waived.";
        return new Waivers(summary, inForce);
    }

    private static WaiverRow waiver(Waiver w) {
        return new WaiverRow(
                Numbers.count(w.subjects().size(), "file"),
                Words.sentence(w.reason()),
                w.owner().name(),
                w.signer().name(),
                Moment.words(w.from()) + " to " + Moment.words(w.until()));
    }

    Evidence evidence() {
        PageData page = data.page();
        Instant taken = page.takenAt();
        return new Evidence(
                v.subjects() == 0 ? "no subject" : Numbers.count(v.subjects(), "subject") + ", each judged, no sample",
                Numbers.count(page.head().size()),
                lines(page.head().root().hex()),
                page.head().signedAt().map(s -> Moment.of(s, taken)),
                page.head().outsideSince().map(s -> Moment.of(s, taken)),
                v.validUntil().equals(Instant.MAX)
                        ? "until a fact changes it; time alone does not"
                        : "until " + Moment.words(v.validUntil()) + " at most",
                lines(page.plan().digest().hex()));
    }

    /** A digest in lines of 32 digits. */
    private static List<String> lines(String hex) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < hex.length(); i += 32) {
            lines.add(hex.substring(i, Math.min(hex.length(), i + 32)));
        }
        return lines;
    }

    /** What happens next where no entry of the at-risk list says so. */
    List<String> next() {
        List<String> lines = new ArrayList<>();
        if (v.verdict().isEmpty()) {
            lines.add("Nothing: a statement asks nothing of anyone.");
            return lines;
        }
        v.clause()
                .measure()
                .ifPresent(m -> lines.add("Nothing measures this yet. What would: " + Words.withoutStop(m) + "."));
        if (v.verdict().equals(Optional.of(Verdict.MET))) {
            lines.add("Nothing is asked of anyone now.");
        }
        lines.add(
                v.validUntil().equals(Instant.MAX)
                        ? "The clause is judged again with each fact that touches it."
                        : data.page().takenAt().isBefore(v.validUntil())
                                ? "The clause is judged again with each fact that touches it, and by %s at the latest."
                                        .formatted(Moment.words(v.validUntil()))
                                : "The clause is being judged again.");
        return lines;
    }
}
