package holdfast.formats;

import holdfast.access.AccessPolicy;
import holdfast.ingest.NamePattern;
import holdfast.ingest.NameSchema;
import holdfast.ingest.NamingPolicy;
import holdfast.ingest.NamingPolicy.Refusal;
import holdfast.ingest.ScopeRule;
import holdfast.transfer.Shares;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath.Layout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** Reads a policy file (docs/reference/policy-file.md). */
public final class PolicyFile {
    private final Findings findings;

    private PolicyFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the policy file beside a plan.
     *
     * @param text the whole file; its digest is the SHA-256 of its bytes in UTF-8
     * @param fileName how findings call the file
     * @return the policy, or everything that is wrong with the file
     */
    public static Result<NamingPolicy> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Digest digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        Optional<NamingPolicy> policy =
                YamlText.table(text, findings).flatMap(table -> new PolicyFile(findings).policy(table, digest));
        return findings.result(policy::orElseThrow);
    }

    /**
     * Reads what the policy file says about permission.
     *
     * @return the field's generic policy where it says nothing, or everything that is wrong with the file
     */
    public static Result<AccessPolicy> access(String text, String fileName) {
        Findings findings = new Findings(fileName);
        AccessPolicy access = YamlText.table(text, findings)
                .map(table -> new Fields(table.spot(), table, PolicyShapes.POLICY, findings))
                .map(AccessReader::read)
                .orElse(AccessPolicy.GENERIC);
        return findings.result(() -> access);
    }

    /**
     * Reads how activities share the roads.
     *
     * @return even shares where the file says nothing, or everything that is wrong with it
     */
    public static Result<Shares> shares(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Shares shares = YamlText.table(text, findings)
                .map(table -> new Fields(table.spot(), table, PolicyShapes.POLICY, findings))
                .map(SharesReader::read)
                .orElse(Shares.EVEN);
        return findings.result(() -> shares);
    }

    private Optional<NamingPolicy> policy(Item.Table table, Digest digest) {
        Fields f = new Fields(table.spot(), table, PolicyShapes.POLICY, findings);
        f.count(PolicyShapes.VERSION_KEY, 1, 1);
        AccessReader.read(f);
        SharesReader.read(f);
        Fields names = new Fields(f.spot("names"), f.table("names"), PolicyShapes.NAMES, findings);
        Optional<NamePattern> form = names.word("form").flatMap(this::pattern);
        int longest = names.count("longest", 1, DataId.LONGEST_NAME).orElse(DataId.LONGEST_NAME);
        List<Refusal> refused = refused(names.rows("refused"));
        Fields scope = new Fields(f.spot("scope"), f.table("scope"), PolicyShapes.SCOPE, findings);
        List<ScopeRule> rules = rules(scope.rows("rules"));
        Optional<Scope> otherwise = scope.as("otherwise", Scope::new);
        checkSource(scope);
        Optional<Layout> layout = f.choice("layout", Layout.values());
        layout.filter(l -> l == Layout.NAME && scope.maybe("from").equals(Optional.of("caller")))
                .ifPresent(l -> findings.add(
                        f.spot("layout"),
                        "two scopes could meet in one path",
                        "layout: name needs a scope that comes from the name; write layout: scope-and-name"));
        NameSchema schema = f.has("rucio") ? schema(f) : NameSchema.GENERIC;
        return form.flatMap(
                p -> layout.map(l -> new NamingPolicy(p, longest, refused, l, rules, otherwise, schema, digest)));
    }

    private NameSchema schema(Fields policy) {
        Fields f = new Fields(policy.spot("rucio"), policy.table("rucio"), PolicyShapes.RUCIO, findings);
        NameSchema generic = NameSchema.GENERIC;
        Optional<NamePattern> split = f.word("split").flatMap(this::pattern);
        if (split.isPresent() && split.get().groups() != 2) {
            findings.add(
                    f.spot("split"),
                    "the expression has " + split.get().groups() + " groups",
                    "write one (...) for the scope and one for the name; (?:...) counts as none");
        }
        return new NameSchema(
                f.word("scope").flatMap(this::pattern).orElse(generic.scope()),
                f.word("name").flatMap(this::pattern).orElse(generic.name()),
                f.word("account").flatMap(this::pattern).orElse(generic.account()),
                f.word("storage-element").flatMap(this::pattern).orElse(generic.storage()),
                split);
    }

    private void checkSource(Fields scope) {
        boolean rules = scope.has("rules") || scope.has("otherwise");
        switch (scope.text("from")) {
            case "name" -> {
                if (!scope.has("otherwise")) {
                    findings.add(
                            scope.spot("from"),
                            "some names would have no scope",
                            "add otherwise: with a scope for them");
                }
            }
            case "caller" -> {
                if (rules) {
                    findings.add(
                            scope.spot("from"), "the caller says the scope and rules give one", "keep one of them");
                }
            }
            case "" -> {}
            default -> findings.unknown(scope.spot("from"), "source", scope.text("from"), List.of("name", "caller"));
        }
    }

    private List<Refusal> refused(List<Item> rows) {
        List<Refusal> refused = new ArrayList<>();
        for (Item row : rows) {
            fields(row, PolicyShapes.REFUSED)
                    .ifPresent(f -> f.word("matching")
                            .flatMap(this::pattern)
                            .ifPresent(p -> refused.add(new Refusal(p, f.text("because")))));
        }
        return refused;
    }

    private List<ScopeRule> rules(List<Item> rows) {
        List<ScopeRule> rules = new ArrayList<>();
        for (Item row : rows) {
            fields(row, PolicyShapes.RULE).ifPresent(f -> rules.add(rule(row.spot(), f)));
        }
        return rules;
    }

    private ScopeRule rule(Spot at, Fields f) {
        List<String> begins = f.words("begins").stream().map(Item.Word::text).toList();
        Optional<NamePattern> matches = f.word("matches").flatMap(this::pattern);
        if (f.has("begins") == f.has("matches")) {
            findings.add(at, "a rule asks one thing of the name", "give it begins or matches, and not both");
        }
        String scope = f.text("scope");
        Matcher group = ScopeRule.GROUP.matcher(scope);
        while (group.find()) {
            String name = group.group(1);
            if (!matches.map(m -> m.hasGroup(name)).orElse(false)) {
                findings.add(
                        f.spot("scope"), "no group is called '" + name + "'", "write (?<" + name + ">...) in matches");
            }
        }
        f.word("scope")
                .map(w -> new Item.Word(
                        w.spot(), ScopeRule.GROUP.matcher(w.text()).replaceAll("x"), true))
                .ifPresent(w -> f.as(w, Scope::new));
        return new ScopeRule(begins, matches, scope, f.flag("if-known", false));
    }

    private Optional<Fields> fields(Item row, Shape shape) {
        if (row instanceof Item.Table table) {
            return Optional.of(new Fields(row.spot(), table, shape, findings));
        }
        findings.add(row.spot(), shape.title() + " is " + row.form(), "its keys: " + String.join(", ", shape.names()));
        return Optional.empty();
    }

    private Optional<NamePattern> pattern(Item.Word word) {
        try {
            return Optional.of(new NamePattern(word.text()));
        } catch (PatternSyntaxException bad) {
            findings.add(
                    word.spot(),
                    "this is no regular expression: " + bad.getDescription() + " near character "
                            + (bad.getIndex() + 1),
                    "see java.util.regex.Pattern for the syntax");
            return Optional.empty();
        }
    }
}
