package holdfast.formats;

import holdfast.plan.AttributePattern;
import holdfast.plan.ClassRule;
import holdfast.plan.Level;
import holdfast.plan.Level.Audience;
import holdfast.plan.Lifetime;
import holdfast.plan.Limit;
import holdfast.plan.Limits;
import holdfast.plan.MemberGroups;
import holdfast.plan.MemberSource;
import holdfast.plan.MemberSource.Signing;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a plan file (docs/reference/plan-file.md) and checks it against the sites that are to carry it out. */
public final class PlanFile {
    private final Findings findings;
    private final Sites sites;

    private PlanFile(Findings findings, Sites sites) {
        this.findings = findings;
        this.sites = sites;
    }

    /**
     * Reads a plan.
     *
     * @param text the whole file; the plan's digest is the SHA-256 of its bytes in UTF-8
     * @param fileName how findings call the file
     * @param sites the sites file beside the plan
     * @return the plan, or everything that is wrong with it
     */
    public static Result<Plan> read(String text, String fileName, Sites sites) {
        Findings findings = new Findings(fileName);
        Digest digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        Optional<Plan> plan =
                YamlText.table(text, findings).map(table -> new PlanFile(findings, sites).plan(table, digest));
        return findings.result(plan::orElseThrow);
    }

    private Plan plan(Item.Table table, Digest digest) {
        Fields f = new Fields(table.spot(), table, PlanShapes.PLAN, findings);
        f.count(PlanShapes.VERSION_KEY, 1, 1);
        Map<String, Lifetime> lifetimes = lifetimes(f.table("lifetimes"));
        Map<LevelId, Level> levels = levels(f.table("levels"));
        Map<ClassId, ClassRule> classes = new ClassReader(levels.keySet(), findings).read(f.rows("classes"));
        Map<ClassId, Boolean> files = new LinkedHashMap<>();
        classes.forEach((id, rule) -> files.put(id, !rule.scopes().isEmpty()));
        PlanScope scope = new PlanScope(sites, lifetimes.keySet(), levels.keySet(), files);
        return new Plan(
                f.text("id"),
                f.text("title"),
                f.text("version"),
                digest,
                lifetimes,
                levels,
                List.copyOf(classes.values()),
                new ClauseReader(scope, findings).read(f.table("clauses")),
                limits(f, scope),
                patterns(f.table("attributes")),
                members(f));
    }

    private MemberSource members(Fields plan) {
        if (!plan.has("members")) {
            return MemberSource.EXPORT;
        }
        Fields f = new Fields(plan.spot("members"), plan.table("members"), PlanShapes.MEMBERS, findings);
        MemberSource.From from = f.choice("from", MemberSource.From.values()).orElse(MemberSource.EXPORT.from());
        Optional<MemberGroups> groups = new MemberGroupsTable(f).read(from);
        return new MemberSource(
                from,
                f.span("silent after").orElse(MemberSource.EXPORT.silentAfter()),
                new Signing(
                        f.span("sign after").orElse(Signing.DEFAULTS.memberFor()),
                        f.span("signatures lapse after").orElse(Signing.DEFAULTS.lapseAfter()),
                        f.flag("signatures of different institutes", false)),
                groups);
    }

    private Map<String, Lifetime> lifetimes(Item.Table table) {
        Map<String, Lifetime> lifetimes = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        table.fields().forEach(field -> names.add(field.name()));
        for (Item.Field field : table.fields()) {
            fields(field, PlanShapes.LIFETIME).ifPresent(f -> {
                f.word("not-before")
                        .filter(w -> !names.contains(w.text()) || w.text().equals(field.name()))
                        .ifPresent(w -> findings.unknown(w.spot(), "other lifetime", w.text(), names));
                lifetimes.put(field.name(), new Lifetime(field.name(), f.text("declared-by"), f.maybe("not-before")));
            });
        }
        return lifetimes;
    }

    private Map<LevelId, Level> levels(Item.Table table) {
        Map<LevelId, Level> levels = new TreeMap<>();
        for (Item.Field field : table.fields()) {
            if (!field.name().matches("[1-9][0-9]?")) {
                findings.add(field.key().spot(), "'" + field.name() + "' is no level", "levels are numbers from 1 up");
                continue;
            }
            LevelId id = new LevelId(Integer.parseInt(field.name()));
            fields(field, PlanShapes.LEVEL)
                    .ifPresent(f -> levels.put(
                            id,
                            new Level(
                                    id,
                                    f.text("name"),
                                    f.choice("audience", Audience.values()).orElse(Audience.MEMBERS),
                                    f.flag("hides-existence", false),
                                    f.words("written-by").stream()
                                            .map(Item.Word::text)
                                            .collect(Collectors.toUnmodifiableSet()),
                                    f.choice("entered-by", Level.Entry.values()).orElse(Level.Entry.ANY),
                                    f.maybe("notice"))));
        }
        return levels;
    }

    private Limits limits(Fields plan, PlanScope scope) {
        Fields f = new Fields(plan.spot("limits"), plan.table("limits"), PlanShapes.LIMITS, findings);
        Map<Limit, Duration> stated = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            f.span(limit.words()).ifPresent(span -> stated.put(limit, span));
        }
        return Limits.of(stated, sites(f, PlanShapes.BUFFER_PROOF, scope), sites(f, PlanShapes.SAMPLE_PROOF, scope));
    }

    private Set<SiteName> sites(Fields f, String key, PlanScope scope) {
        Set<SiteName> sites = new HashSet<>();
        f.words(key).forEach(w -> scope.site(w, findings).ifPresent(sites::add));
        return sites;
    }

    private Map<Scope, AttributePattern> patterns(Item.Table table) {
        Map<Scope, AttributePattern> patterns = new LinkedHashMap<>();
        for (Item.Field field : table.fields()) {
            fields(field, PlanShapes.ATTRIBUTES).ifPresent(f -> {
                Optional<Scope> scope = f.as(field.key(), Scope::new);
                Optional<AttributePattern> pattern = f.word("from-name").flatMap(this::pattern);
                scope.ifPresent(s -> pattern.ifPresent(p -> patterns.put(s, p)));
            });
        }
        return patterns;
    }

    private Optional<AttributePattern> pattern(Item.Word word) {
        try {
            return Optional.of(AttributePattern.of(word.text()));
        } catch (IllegalArgumentException bad) {
            findings.add(word.spot(), String.valueOf(bad.getMessage()), "such as '{type}.{run:number}[.{part}].dat'");
            return Optional.empty();
        }
    }

    private Optional<Fields> fields(Item.Field field, Shape shape) {
        if (field.value() instanceof Item.Table table) {
            return Optional.of(new Fields(field.key().spot(), table, shape, findings));
        }
        findings.add(
                field.value().spot(),
                "'" + field.name() + "' is " + field.value().form(),
                "its keys: " + String.join(", ", shape.names()));
        return Optional.empty();
    }
}
