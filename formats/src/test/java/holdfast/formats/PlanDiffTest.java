package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Change;
import holdfast.plan.Change.Direction;
import holdfast.plan.Plan;
import holdfast.plan.PlanDiff;
import holdfast.plan.Sites;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line and adoption say of a changed plan, from the shipped plan with one edit each. */
class PlanDiffTest {
    private static final Shipped BELLE = Shipped.read("belle2");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "have copies: { at least: 2 } | have copies: { at least: 1 } | LOOSENED | P-23",
                "have copies: { at least: 2 } | have copies: { at least: 3 } | TIGHTENED | P-23",
                "differing in: [site, hazard-zone, operator] | differing in: [site] | LOOSENED | P-22",
                "differing in: [site, hazard-zone, operator] | differing in: [site, region] | LOOSENED | P-22",
                "be complete at: { site: KEK, | be complete at: { site: [KEK, BNL], | LOOSENED | P-25",
                "in mou-raw, except: KEK | in mou-raw | LOOSENED | P-26",
                "recall drill within: 92 d | recall drill within: 93 d | LOOSENED | P-24",
                "at least: 2, recall drill within: 92 d | at least: 2 | LOOSENED | P-24",
                "every on disk: 90 d | every on disk: 30 d | TIGHTENED | P-1",
                "every on disk: 90 d, every on tape: 730 d | every on disk: 30 d, every on tape: 900 d | LOOSENED |"
                        + " P-1",
                "within: 10 % of the share | within: 20 % | CHANGED | P-26",
                "first placement within: 72 h | first placement within: 24 h | TIGHTENED | limit first placement"
                        + " within",
                "buffer read is proof at: [] | buffer read is proof at: KIT | LOOSENED | limit buffer read is proof at",
                "cartridge sample is proof at: [] | cartridge sample is proof at: KIT | LOOSENED | limit cartridge"
                        + " sample is proof at",
                "archived within: 7 d | archived within: 2 d | TIGHTENED | limit archived within",
                "scope: raw, undeletable: yes } | scope: raw } | LOOSENED | class raw",
                "scope: [user, user.*] | scope: user | LOOSENED | class user",
                "Software, audience: public | Software, audience: members | TIGHTENED | level 6",
                "says: At least two replicas | says: Two or more replicas | WORDING | P-23",
                "binds: KEK | binds: nobody | CHANGED | P-25",
                "[run_type] | [run_type] | NONE | none",
                "audience: members, probed every: 24 h | audience: public | LOOSENED | P-19"
            })
    void oneEditIsToldForWhatItDoes(String was, String is, String direction, String subject) {
        List<Change> changes = PlanDiff.between(BELLE.plan(), edited(was, is));
        if (direction.equals("NONE")) {
            assertThat(changes).isEmpty();
        } else {
            assertThat(changes)
                    .anyMatch(c -> c.direction() == Direction.valueOf(direction)
                            && c.subject().equals(subject));
            assertThat(changes.stream().anyMatch(c -> c.direction().loosens())).isEqualTo(direction.equals("LOOSENED"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        told by: [voms, 'https://a.org']  | told by: voms                               | TIGHTENED
        told by: [voms, 'https://a.org']  | told by: [voms, 'https://b.org']            | LOOSENED
        groups: [/lab, /friends]          | groups: /lab                                | TIGHTENED
        groups: [/lab, /friends]          | groups: [/lab, /friends, /all]              | LOOSENED
        operator: /lab/shift              | operator: [/lab/shift, /lab]                | LOOSENED
        roles: { operator: /lab/shift }   | roles: {}                                   | TIGHTENED
        seen within: 30 d                 | seen within: 31 d                           | LOOSENED
        seen within: 30 d                 | seen within: 29 d                           | TIGHTENED
        seen within: 30 d                 | seen within: 30 d, institutes below: /lab/i | LOOSENED
        """)
    void groupsThatMakeMembersAreCompared(String was, String is, String direction) {
        String before = "members: { from: groups, told by: [voms, 'https://a.org'], groups: [/lab, /friends], roles: {"
                + " operator: /lab/shift }, seen within: 30 d }";
        String export = "members: { from: export, silent after: 24 h, sign after: 30 d, signatures lapse after: 7 d }";
        Plan groups = edited(export, before);
        assertThat(PlanDiff.between(groups, edited(export, before.replace(was, is))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.direction()).hasToString(direction);
                    assertThat(change.subject()).isEqualTo("members");
                });
        assertThat(PlanDiff.between(BELLE.plan(), groups))
                .as("another source may know others")
                .anyMatch(
                        c -> c.direction() == Direction.LOOSENED && c.subject().equals("members"));
    }

    @Test
    void aClauseThatIsGoneLoosensAndFreesItsClass() {
        Plan now = edited("  P-23:\n", "  P-99:\n");
        assertThat(PlanDiff.between(BELLE.plan(), now))
                .anyMatch(c -> c.direction() == Direction.REMOVED && c.subject().equals("P-23"))
                .anyMatch(c -> c.direction() == Direction.ADDED && c.subject().equals("P-99"))
                .anyMatch(c -> c.subject().equals("class raw") && c.says().equals("is no longer bound by P-23"));
    }

    @Test
    void aNewClassBeforeOthersMayTakeTheirObjects() {
        Plan now = edited("classes:", "classes:\n  - junk: { level: 4, scope: raw, path: /belle/Raw/e0000 }\n  #");
        assertThat(PlanDiff.between(BELLE.plan(), now))
                .anyMatch(
                        c -> c.direction() == Direction.LOOSENED && c.subject().equals("class junk"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void aPlanDoesNotDifferFromItself(String name) {
        Shipped shipped = Shipped.read(name);
        assertThat(PlanDiff.between(shipped.plan(), shipped.plan())).isEmpty();
        assertThat(PlanDiff.between(shipped.sites(), shipped.sites())).isEmpty();
    }

    @Test
    void elementsAndSharesAreCompared() {
        String text = Shipped.text("belle2-sites.yaml")
                .replace("CNAF: 20, IN2P3-CC: 15", "CNAF: 15, IN2P3-CC: 20")
                .replace("hazard-zone: po-valley", "hazard-zone: upper-rhine")
                .replace("  DESY-RAW:\n    {", "  DESY-RAW:\n    { use: left,");
        List<Change> changes =
                PlanDiff.between(BELLE.sites(), SitesFile.read(text, "new").orThrow());
        assertThat(changes)
                .extracting(Change::subject)
                .contains("element CNAF-RAW", "element DESY-RAW", "agreement mou-raw");
        assertThat(changes.getFirst().direction()).isEqualTo(Direction.LOOSENED);
    }

    @Test
    void deletionsThatComeSoonerOrByTheHouseAgainLoosen() {
        String driver = "    { site: ";
        String text = Shipped.text("belle2-sites.yaml");
        Sites bySite =
                sites(text.replaceFirst(Pattern.quote(driver), "    { deletes: { by: site, after: 40 d }, site: "));
        Sites sooner =
                sites(text.replaceFirst(Pattern.quote(driver), "    { deletes: { by: site, after: 0 s }, site: "));
        assertThat(PlanDiff.between(BELLE.sites(), bySite))
                .extracting(Change::direction)
                .containsExactly(Direction.TIGHTENED);
        assertThat(PlanDiff.between(bySite, BELLE.sites()))
                .extracting(Change::direction)
                .containsExactly(Direction.LOOSENED);
        assertThat(PlanDiff.between(bySite, sooner))
                .extracting(Change::direction)
                .containsExactly(Direction.LOOSENED);
        assertThat(PlanDiff.between(bySite, sooner))
                .extracting(Change::says)
                .containsExactly("has deletions by the site 0 s after the undo window, before by the site 40 d");
    }

    private static Sites sites(String text) {
        return SitesFile.read(text, "new").orThrow();
    }

    private static Plan edited(String was, String is) {
        String text = Shipped.text("belle2.yaml");
        String edited =
                text.replaceFirst(java.util.regex.Pattern.quote(was), java.util.regex.Matcher.quoteReplacement(is));
        return PlanFile.read(edited, "edited", BELLE.sites()).orThrow();
    }
}
