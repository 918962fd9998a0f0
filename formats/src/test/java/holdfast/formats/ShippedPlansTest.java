package holdfast.formats;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.plan.Attributes;
import holdfast.plan.ClassRule;
import holdfast.plan.Clause;
import holdfast.plan.Clause.Standing;
import holdfast.plan.InWords;
import holdfast.plan.Limits;
import holdfast.plan.Obligation;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both plans go through the same tests; what one alone says is tested below by name. */
class ShippedPlansTest {

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void eachIsReadWithoutAFinding(String name) {
        Shipped shipped = Shipped.read(name);
        assertThat(shipped.plan().id()).isEqualTo(name);
        assertThat(shipped.plan().clauses()).isNotEmpty();
        assertThat(shipped.sites().element(shipped.sites().landing())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void eachDigestIsOfTheBytesOfItsFile(String name) {
        Shipped shipped = Shipped.read(name);
        assertThat(shipped.plan().digest()).isEqualTo(digest(name + ".yaml"));
        assertThat(shipped.sites().digest()).isEqualTo(digest(name + "-sites.yaml"));
        assertThat(shipped.policy().digest()).isEqualTo(digest(name + "-policy.yaml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void eachClauseSaysWhatItAsksInWords(String name) {
        for (Clause clause : Shipped.read(name).plan().clauses().values()) {
            assertThat(clause.says()).endsWith(".");
            assertThat(clause.binds()).isNotBlank();
            assertThat(clause.must().isEmpty()).isEqualTo(clause.standing() == Standing.STATEMENT);
            clause.must().forEach(d -> assertThat(InWords.say(d.obligation())).isNotBlank());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"belle2", "small-lab"})
    void eachElementSaysItsRootWithinTheServersData(String name) {
        for (StorageElement element : Shipped.read(name).sites().all()) {
            assertThat(element.driver().settings().get("root")).startsWith("elements/");
            assertThat(element.library().isPresent()).isEqualTo(element.isTape());
            assertThat(element.driver().kind()).isEqualTo(element.isTape() ? "tape" : "posix");
        }
    }

    @Test
    void theBellePlanHasEveryClause() {
        List<String> expected = java.util.stream.Stream.concat(
                        IntStream.rangeClosed(1, 35).mapToObj(n -> "P-" + n),
                        IntStream.rangeClosed(1, 4).mapToObj(n -> "D-" + n))
                .toList();
        assertThat(Shipped.read("belle2").plan().clauses().keySet())
                .extracting(ClauseId::name)
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theBellePlanNamesTheClausesThatBindNobodyAndThoseThatCannotBeWaived() {
        var clauses = Shipped.read("belle2").plan().clauses().values();
        assertThat(clauses.stream()
                        .filter(c -> c.standing() == Standing.STATEMENT)
                        .map(c -> c.id().name()))
                .containsExactly("P-4", "P-16", "P-17", "P-20", "P-28");
        assertThat(clauses.stream().filter(c -> !c.waivable()).map(c -> c.id().name()))
                .containsExactly("P-6", "P-7", "P-19", "P-21", "P-32");
    }

    @Test
    void theBellePlanSpellsOutTheDefaultLimits() {
        assertThat(Shipped.read("belle2").plan().limits()).isEqualTo(Limits.DEFAULTS);
        for (Shape.Key limit : PlanShapes.LIMITS.keys()) {
            assertThat(Shipped.text("belle2.yaml")).contains("  " + limit.name() + ": ");
        }
    }

    @Test
    void everyClauseAboutRawThatIsMeasuredTodayIsMeasuredInTheBellePlan() {
        var plan = Shipped.read("belle2").plan();
        for (String id : List.of(
                "P-1", "P-2", "P-3", "P-6", "P-7", "P-22", "P-23", "P-24", "P-25", "P-26", "D-1", "D-2", "D-3",
                "D-4")) {
            assertThat(plan.clauses().get(new ClauseId(id)).must())
                    .as(id)
                    .isNotEmpty()
                    .noneMatch(d -> d.obligation() instanceof Obligation.Unmeasured);
        }
    }

    @Test
    void aRawFileIsClassifiedByWhatItsNameTells() {
        assertThat(classOf("raw", "/belle/Raw/e0003/r04794/sub00/physics.0003.04794.HLT2.f00000.root"))
                .isEqualTo("raw");
        assertThat(classOf("raw", "/belle/Raw/e0003/r04794/sub00/cosmic.0003.04794.HLT2.f00000.root"))
                .isEqualTo("raw-excluded");
        assertThat(classOf("raw", "/belle/Raw/e0003/r04794/sub00/notes.root")).isEqualTo("raw");
        assertThat(classOf("data", "/belle/BG/release-06/DB0001/set1")).isEqualTo("overlay");
        assertThat(classOf("user.auser", "/belle/user/auser/x")).isEqualTo("user");
        assertThat(classOf("other", "/belle/raw/e0003/r04794")).isEqualTo("none");
    }

    @Test
    void zeroBytesAreAllowedWhereTheClassSaysSo() {
        var plan = Shipped.read("small-lab").plan();
        assertThat(plan.classes().stream().filter(ClassRule::zeroBytes).map(c -> c.id().name()))
                .containsExactly("instrument");
        assertThat(Shipped.read("belle2")
                        .plan()
                        .classRule(new holdfast.vocabulary.ClassId("raw"))
                        .orElseThrow()
                        .zeroBytes())
                .isFalse();
    }

    private static String classOf(String scope, String name) {
        var plan = Shipped.read("belle2").plan();
        DataId id = new DataId(new Scope(scope), name);
        return plan.classify(id, plan.attributesOf(id, Attributes.NONE))
                .map(c -> c.id().name())
                .orElse("none");
    }

    private static Digest digest(String file) {
        return Digest.sha256(Shipped.text(file).getBytes(StandardCharsets.UTF_8));
    }
}
