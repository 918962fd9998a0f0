package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.config.Crawl.Ask;
import holdfast.server.sql.Verdicts.Short;
import holdfast.server.work.Assessor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Visible;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ExistenceTest}, over the house's own routes and its pages: what is hidden stands in none of them. */
class OwnExistenceTest {
    private static final List<String> HIDDEN = Stream.concat(
                    Stream.of(Planted.OF_NO_LEVEL), Planted.FOR_MEMBERS.stream())
            .toList();

    /** What changes by itself from one request to the next: moments, the journal's size and head, and a form's token. */
    private static final Pattern BY_ITSELF = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9.]+)?Z?|[0-9]{1,2} [A-Z][a-z]+ [0-9]{4},?"
                    + " [0-9:]+(?: UTC)?|Journal: [0-9]+ entries|<dt>Journal</dt><dd>[0-9]+ entries|[0-9]+ s"
                    + " ago|class=\"hex\">[0-9a-f<>wbr]+</code>|name=\"_csrf\" value=\"[^\"]+\"");

    private static final Pattern LENGTH = Pattern.compile("content-length=\\[\\d+]");

    /** It counts facts of every level, and is for members: the one thing that tells them that something happened. */
    private static final Set<String> THE_JOURNALS = Set.of("GET /api/journal/head", "HEAD /api/journal/head");

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static final Map<String, Map<String, String>> BEFORE = new LinkedHashMap<>();
    private static final Map<String, Map<String, String>> AFTER = new LinkedHashMap<>();

    @BeforeAll
    static void hide() throws Exception {
        server = RucioServer.hiding(folder);
        Planted planted = new Planted(server);
        planted.ground();
        planted.open();
        Map<String, Crawl> people = new LinkedHashMap<>();
        people.put("outsider", new Crawl(server, planted.person("outsider", "SERVICE")));
        people.put("nobody", new Crawl(server, ""));
        people.put("member", new Crawl(server, planted.person("insider", "USER")));
        people.put("root", new Crawl(server, server.token()));
        List<String> names = new ArrayList<>();
        Planted.NAMES.forEach(name -> names.add(Planted.OPEN + "/" + name));
        HIDDEN.forEach(scope -> names.addAll(List.of(scope + "/q-file", scope + "/q-sets", scope + "/q-boxz.zip")));
        List<Ask> asks = Crawl.own(names);
        judge();
        for (Map.Entry<String, Crawl> one : people.entrySet()) {
            BEFORE.put(one.getKey(), one.getValue().answers(asks));
        }
        planted.hide(Planted.OF_NO_LEVEL);
        judge();
        AFTER.put("member", people.get("member").answers(asks));
        Planted.FOR_MEMBERS.forEach(planted::hide);
        judge();
        for (String who : List.of("outsider", "nobody", "root")) {
            AFTER.put(who, people.get(who).answers(asks));
        }
    }

    private static void judge() throws Exception {
        server.laboratory().rest();
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    @Test
    void anOutsiderGetsTheSameBytesWhateverIsHidden() {
        same("outsider");
    }

    @Test
    void whoShowsNothingGetsTheSameBytesWhateverIsHidden() {
        same("nobody");
    }

    @Test
    void aMemberGetsTheSameBytesWhateverHasNoLevel() {
        same("member");
    }

    @Test
    void theCustodianSeesWhatWasHiddenSoThatTheseComparisonsCouldFail() {
        List<String> different = AFTER.get("root").entrySet().stream()
                .filter(e ->
                        !settled(e.getValue()).equals(settled(BEFORE.get("root").get(e.getKey()))))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(different)
                .contains("GET /api/status", "GET /api/loss", "GET /plan", "GET /plan/P-25", "GET /api/verdicts")
                .contains("GET /api/acts")
                .contains("GET /api/files?did=h4-data:q-file", "GET /holdfast/v1/adoption/scopes/h4-data/files");
        assertThat(AFTER.get("member").values())
                .filteredOn(a -> a.startsWith("200\n"))
                .hasSizeGreaterThan(40);
    }

    @Test
    void aHiddenFileAnswersAsOneThatIsAbsent() throws Exception {
        Crawl member = new Crawl(server, server.token("insider", "insider", "a-long-one-of-insider"));
        for (String path : List.of("/api/files?did=h0-data:%s", "/api/files?did=h9-data:%s")) {
            String hidden = member.answer(new Ask("GET", path.formatted("q-file"), ""));
            String absent = member.answer(new Ask("GET", path.formatted("n-file"), ""));
            assertThat(hidden).startsWith("404\n").isEqualTo(absent.replace("n-file", "q-file"));
        }
    }

    /** Pages of one file each: whoever may not know of a file is led to the page behind it by no name of it. */
    @Test
    void whatFallsShortIsPagedByWhatSomebodyMayKnowOf() throws Exception {
        Assessor assessor = server.laboratory().house.assessor;
        ClauseId clause = new ClauseId("P-25");
        Visible others = new Visible.Only(scope -> !scope.name().equals("h4-data"));
        List<Short> everything = assessor.failing(clause, Optional.empty(), 1, Visible.EVERYTHING);
        assertThat(everything).hasSize(1);
        DataId first = everything.getFirst().failing().file().orElseThrow();
        assertThat(first.scope().name()).isEqualTo("h4-data");
        assertThat(assessor.failing(clause, Optional.of(first), 1, Visible.EVERYTHING))
                .hasSize(1)
                .doesNotContainAnyElementsOf(everything);
        assertThat(assessor.failing(clause, Optional.empty(), 1, others)).isEmpty();
        assertThat(assessor.failing(clause, Optional.of(first), 1, others)).isEmpty();
    }

    private static void same(String who) {
        Map<String, String> before = BEFORE.get(who);
        List<String> different = new ArrayList<>();
        AFTER.get(who).forEach((ask, answer) -> {
            if (!THE_JOURNALS.contains(ask) && !settled(ask, answer).equals(settled(ask, before.get(ask)))) {
                different.add(ask + "\n--- before\n" + before.get(ask) + "\n--- after\n" + answer);
            }
        });
        assertThat(different).isEmpty();
    }

    /** A moment's text may end in zeros that are left out, so a HEAD tells no length of its own; the body it is of is compared with its GET. */
    private static String settled(String ask, String answer) {
        String settled = settled(answer);
        return ask.startsWith("HEAD ") ? LENGTH.matcher(settled).replaceFirst("LENGTH") : settled;
    }

    private static String settled(String answer) {
        return BY_ITSELF.matcher(answer).replaceAll("MOMENT");
    }
}
