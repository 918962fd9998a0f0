package holdfast.formats;

import holdfast.plan.Basis;
import holdfast.plan.Duty;
import holdfast.plan.Level.Audience;
import holdfast.plan.Obligation;
import holdfast.plan.PlaceRule;
import holdfast.plan.Waiver;
import holdfast.storage.FailureDomain;
import holdfast.vocabulary.SiteName;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the obligations of a clause: each a phrase of the closed set with what it needs, and its basis. */
final class ObligationReader {
    private static final Pattern READING = Pattern.compile("reading (A-[1-9][0-9]*)");
    private static final Pattern TABLE = Pattern.compile("in ([A-Za-z0-9_-]+)");

    private final PlanScope scope;
    private final Findings findings;

    ObligationReader(PlanScope scope, Findings findings) {
        this.scope = scope;
        this.findings = findings;
    }

    /** The duty that an item under {@code must} or {@code agreed} states. */
    Optional<Duty> duty(Item item, boolean agreed) {
        if (!(item instanceof Item.Table table)) {
            String hint = "write - have copies: { at least: 2 } and below it basis: plan";
            findings.add(item.spot(), "an obligation is " + item.form() + ", not a phrase with its needs", hint);
            return Optional.empty();
        }
        Optional<Basis> basis = basis(table);
        List<Item.Field> phrases =
                table.fields().stream().filter(f -> !f.name().equals("basis")).toList();
        if (phrases.size() != 1) {
            findings.add(table.spot(), "an obligation has " + phrases.size() + " phrases", "one to each dash");
            return Optional.empty();
        }
        Optional<Obligation> obligation = obligation(phrases.getFirst(), agreed);
        return obligation.flatMap(o -> basis.map(b -> new Duty(o, b, reading(table))));
    }

    private Optional<Basis> basis(Item.Table table) {
        String hint = "write basis: plan, basis: reading A-1 or basis: our setting";
        Optional<Item.Field> field = table.field("basis");
        if (field.isEmpty()) {
            findings.add(table.spot(), "the obligation does not say its basis", hint);
            return Optional.empty();
        }
        String text = field.get().value() instanceof Item.Word word ? word.text() : "";
        if (READING.matcher(text).matches()) {
            return Optional.of(Basis.READING);
        }
        return switch (text) {
            case "plan" -> Optional.of(Basis.PLAN);
            case "our setting" -> Optional.of(Basis.OUR_SETTING);
            default -> {
                findings.add(field.get().value().spot(), "'" + text + "' is no basis", hint);
                yield Optional.empty();
            }
        };
    }

    private static Optional<String> reading(Item.Table table) {
        return table.field("basis")
                .map(f -> f.value() instanceof Item.Word word ? word.text() : "")
                .map(READING::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1));
    }

    private Optional<Obligation> obligation(Item.Field field, boolean agreed) {
        Optional<ObligationKind> kind = ObligationKind.of(field.name());
        if (kind.isEmpty()) {
            findings.unknown(field.key().spot(), "obligation", field.name(), ObligationKind.phrases());
            return Optional.empty();
        }
        if (agreed != (kind.get() == ObligationKind.FOLLOW_SHARES)) {
            findings.add(
                    field.key().spot(),
                    "'" + field.name() + "' cannot stand under '" + (agreed ? "agreed" : "must") + "'",
                    "shares are agreement and go under agreed; all else is duty and goes under must");
            return Optional.empty();
        }
        return fields(field, kind.get()).flatMap(f -> read(kind.get(), f));
    }

    /** The needs of an obligation; one that needs nothing says yes, and one lone word stands for a lone key. */
    private Optional<Fields> fields(Item.Field field, ObligationKind kind) {
        Spot owner = field.key().spot();
        Shape shape = kind.shape();
        if (field.value() instanceof Item.Table table) {
            return Optional.of(new Fields(owner, table, shape, findings));
        }
        boolean word = field.value() instanceof Item.Word;
        boolean yes = field.value() instanceof Item.Word w && w.text().equals("yes");
        List<Shape.Key> needed =
                shape.keys().stream().filter(Shape.Key::required).toList();
        if (yes && needed.isEmpty()) {
            return Optional.of(new Fields(owner, new Item.Table(owner, List.of()), shape, findings));
        }
        if (word && !yes && needed.size() == 1) {
            Item.Word key = new Item.Word(owner, needed.getFirst().name(), false);
            Item.Table table = new Item.Table(field.value().spot(), List.of(new Item.Field(key, field.value())));
            return Optional.of(new Fields(owner, table, shape, findings));
        }
        String hint = shape.keys().isEmpty() ? "write yes" : "its keys: " + String.join(", ", shape.names());
        findings.add(
                field.value().spot(),
                "'" + field.name() + "' has " + field.value().form(),
                hint);
        return Optional.empty();
    }

    private Optional<Obligation> read(ObligationKind kind, Fields f) {
        return switch (kind) {
            case ONE_LEVEL -> Optional.of(new Obligation.OneLevel());
            case RELEASED_BY_ACT -> Optional.of(new Obligation.ReleasedByAct());
            case PLAN_VERSIONED -> Optional.of(new Obligation.PlanVersioned());
            case CATALOGUED -> f.span("listed within").map(Obligation.Catalogued::new);
            case REGISTERED_IN_FULL -> f.span("register within").map(Obligation.RegisteredInFull::new);
            case COPIES_AT_LEAST -> f.count("at least", 1, 20).map(Obligation.CopiesAtLeast::new);
            case COMPLETE_AT -> place(f, "site").map(Obligation.CompleteAt::new);
            case COVERED_TOGETHER_BY -> place(f, "sites").map(Obligation.CoveredBy::new);
            case FOLLOW_SHARES ->
                table(f).flatMap(t -> f.percent("within").map(p -> new Obligation.FollowShares(t, p)));
            case INDEPENDENT_COPIES ->
                f.count("at least", 2, 20).map(n -> new Obligation.IndependentCopies(n, domains(f)));
            case ACCESSIBLE ->
                f.count("at least", 1, 20).map(n -> new Obligation.Accessible(n, f.span("recall drill within")));
            case OPENED -> f.maybe("as").map(Obligation.Opened::new);
            case CHECKED_EVERY -> both(f.span("every on disk"), f.span("every on tape"), Obligation.CheckedEvery::new);
            case AUDIENCE ->
                f.choice("audience", Audience.values())
                        .map(a ->
                                new Obligation.OpenTo(a, f.span("probed every").orElse(Obligation.OpenTo.DAILY)));
            case KEPT_UNTIL -> lifetime(f).map(Obligation.KeptUntil::new);
            case EVIDENCE_KEPT ->
                both(f.span("audited within"), f.span("head outside within"), Obligation.EvidenceKept::new);
            case WAIVERS_BOUNDED -> longestWaiver(f).map(Obligation.WaiversBounded::new);
            case RELEASED_ONLY_BY,
                    LINKED_TO,
                    ARCHIVED_BY_US,
                    CARRIES_NOTICE,
                    FLAGGED,
                    NO_PERSONAL_DATA,
                    VERSIONED,
                    BACKED_UP,
                    RECIPE_COMPLETE,
                    JOINED_UP,
                    MIRRORED_FROM -> unmeasured(kind, f);
        };
    }

    private Optional<Obligation> unmeasured(ObligationKind kind, Fields f) {
        SortedMap<String, String> asked = new TreeMap<>();
        kind.shape().keys().stream().filter(k -> f.has(k.name())).forEach(k -> asked.put(k.name(), f.checked(k)));
        return Optional.of(
                new Obligation.Unmeasured(kind.kind(), kind.wouldMeasure().orElse(""), asked));
    }

    private static <T> Optional<Obligation> both(
            Optional<T> one, Optional<T> other, java.util.function.BiFunction<T, T, Obligation> made) {
        return one.flatMap(a -> other.map(b -> made.apply(a, b)));
    }

    private Optional<PlaceRule> place(Fields f, String key) {
        f.word("medium")
                .filter(w -> !w.text().equals("archival"))
                .ifPresent(w -> findings.add(
                        w.spot(), "medium '" + w.text() + "' cannot serve a duty", "only archival copies count"));
        Set<SiteName> except = sites(f, f.words("except"));
        List<Item.Word> words = f.words(key);
        Matcher table = TABLE.matcher(words.size() == 1 ? words.getFirst().text() : "");
        if (table.matches()) {
            Item.Word named = words.getFirst();
            return knownTable(named, table.group(1))
                    .map(t -> checked(f, key, new PlaceRule(Set.of(), Optional.of(t), except)));
        }
        Set<SiteName> sites = sites(f, words);
        return sites.isEmpty() || sites.size() < words.size()
                ? Optional.empty()
                : Optional.of(checked(f, key, new PlaceRule(sites, Optional.empty(), except)));
    }

    private PlaceRule checked(Fields f, String key, PlaceRule place) {
        scope.reach().whyEmpty(place).ifPresent(why -> findings.add(f.spot(key), why.what(), why.hint()));
        return place;
    }

    private Set<SiteName> sites(Fields f, List<Item.Word> words) {
        Set<SiteName> sites = new HashSet<>();
        for (Item.Word word : words) {
            scope.site(word, f.findings()).ifPresent(sites::add);
        }
        return sites;
    }

    private Optional<String> table(Fields f) {
        return f.word("table").flatMap(w -> knownTable(w, w.text()));
    }

    private Optional<String> knownTable(Item.Word word, String table) {
        if (scope.tables().contains(table)) {
            return Optional.of(table);
        }
        findings.unknown(word.spot(), "agreement", table, scope.tables());
        return Optional.empty();
    }

    private Optional<String> lifetime(Fields f) {
        return f.word("lifetime").flatMap(w -> {
            if (scope.lifetimes().contains(w.text())) {
                return Optional.of(w.text());
            }
            findings.unknown(w.spot(), "lifetime", w.text(), scope.lifetimes());
            return Optional.empty();
        });
    }

    private Optional<Duration> longestWaiver(Fields f) {
        return f.span("at most").map(longest -> {
            if (longest.compareTo(Waiver.LONGEST) > 0) {
                String hint = "no waiver lasts longer than " + Waiver.LONGEST.toDays() + " d";
                findings.add(f.spot("at most"), "waivers could last too long", hint);
            }
            return longest;
        });
    }

    private Set<FailureDomain> domains(Fields f) {
        Set<FailureDomain> domains = EnumSet.noneOf(FailureDomain.class);
        for (Item.Word word : f.words("differing in")) {
            f.choice("failure domain", word, FailureDomain.values()).ifPresent(domains::add);
        }
        return domains;
    }
}
