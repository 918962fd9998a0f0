package holdfast.server.pages;

import holdfast.plan.Clause;
import holdfast.plan.Lifetime;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Plan;
import holdfast.server.pages.view.Numbers;
import holdfast.server.pages.view.Spans;
import holdfast.storage.FailureDomain;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What an obligation asks, as a sentence without its full stop. */
record Asks(Plan plan, Clause clause) {

    String words(Obligation obligation) {
        return switch (obligation) {
            case Obligation.CopiesAtLeast(int copies) ->
                each() + " has at least " + Numbers.count(copies, "copy").replace("copys", "copies")
                        + " that count, at different sites";
            case Obligation.CompleteAt(PlaceRule place) -> each() + " has a copy that counts at " + place(place);
            case Obligation.CoveredBy(PlaceRule place) ->
                "The union of " + place(place) + " covers everything: " + lower(each())
                        + " has a copy that counts at one" + " of them or more";
            case Obligation.IndependentCopies independent ->
                each() + " has at least " + independent.copies() + " copies that count and differ in "
                        + domains(independent);
            case Obligation.Accessible accessible ->
                each() + " has at least " + accessible.copies() + " archival "
                        + (accessible.copies() == 1 ? "copy" : "copies") + " that can be read back now"
                        + accessible
                                .drillWithin()
                                .map(d -> "; recall is drilled within " + Spans.words(d))
                                .orElse("");
            case Obligation.Opened(String format) ->
                "A copy was recalled and opened by a program for its format (" + format + ")";
            case Obligation.CheckedEvery checked ->
                "Every copy is read and compared within " + Spans.words(checked.disk()) + " on disk and "
                        + Spans.words(checked.tape()) + " on tape, and each round finds its planted bad files";
            case Obligation.KeptUntil(String lifetime) -> kept(lifetime);
            case Obligation.FollowShares shares ->
                "Each site of " + shares.table() + " holds its agreed share of the bytes, ±"
                        + Numbers.percent(shares.withinPercent()) + " % of the share";
            case Obligation.OneLevel() -> "Every object belongs to exactly one class and level";
            case Obligation.Catalogued(var within) ->
                "What stands on storage is in the catalogue and the reverse, by a listing within "
                        + Spans.words(within);
            case Obligation.RegisteredInFull(var within) ->
                "Everything that the outside register names has arrived; the register is at most " + Spans.words(within)
                        + " old";
            case Obligation.EvidenceKept(var audited, var head) ->
                "The journal was folded again within " + Spans.words(audited)
                        + " and agreed; its signed head stood outside the database within " + Spans.words(head);
            case Obligation.PlanVersioned() -> "Every verdict names the version of the plan it was taken against";
            case Obligation.WaiversBounded(var longest) ->
                "Every waiver is dated, owned, and ends within " + Spans.words(longest);
            case Obligation.Unmeasured(String kind, String would) -> sentenceOf(kind);
        };
    }

    private String each() {
        return clause.about().isEmpty() ? "Each file" : "Each file of " + Words.classes(clause);
    }

    private String kept(String name) {
        Optional<String> by = Optional.ofNullable(plan.lifetimes().get(name)).map(Lifetime::declaredBy);
        return "Kept until the end of %s%s; the clock never ends it"
                .formatted(
                        name.replace('-', ' '),
                        by.map(b -> ", which " + b.replace('-', ' ') + " declares")
                                .orElse(""));
    }

    private static String place(PlaceRule place) {
        String where = place.table()
                .map(t -> "the sites of " + t)
                .orElseGet(() -> place.sites().isEmpty() ? "any site" : sites(place.sites()));
        return place.except().isEmpty() ? where : where + " other than " + sites(place.except());
    }

    private static String sites(java.util.Set<SiteName> sites) {
        return Words.and(sites.stream().sorted().map(SiteName::name).toList());
    }

    private static String domains(Obligation.IndependentCopies independent) {
        List<String> names = independent.differing().stream()
                .sorted()
                .map(FailureDomain::name)
                .map(n -> n.toLowerCase(Locale.ROOT).replace('_', ' '))
                .toList();
        return Words.and(names);
    }

    private static String sentenceOf(String kind) {
        return Words.withoutStop(Words.sentence(kind.replace('-', ' ')));
    }

    private static String lower(String words) {
        return Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
