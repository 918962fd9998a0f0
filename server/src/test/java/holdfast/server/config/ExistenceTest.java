package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.config.Crawl.Ask;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A house is asked everything, then scopes are hidden in it, and it is asked the same again: by an outsider, by a member and
 * by somebody who shows nothing. What is hidden stands in no answer; neither does its trace.
 */
class ExistenceTest {
    /** Of no class of the plan, like a hidden scope of no level; nobody makes it. */
    private static final String ABSENT = "h9-data";

    /** Where an address follows from a name by rule, whether or not there is such a name. */
    private static final String BY_RULE = "lfns2pfns";

    @TempDir
    static Path folder;

    private static RucioServer server;
    private static Crawl outsider;
    private static Crawl member;
    private static Crawl nobody;
    private static Crawl root;
    private static final Map<String, Map<String, String>> BEFORE = new LinkedHashMap<>();
    private static final Map<String, Map<String, String>> AFTER = new LinkedHashMap<>();

    @BeforeAll
    static void hide() throws Exception {
        server = RucioServer.hiding(folder);
        Planted planted = new Planted(server);
        planted.ground();
        planted.open();
        outsider = new Crawl(server, planted.person("outsider", "SERVICE"));
        member = new Crawl(server, planted.person("insider", "USER"));
        nobody = new Crawl(server, "");
        root = new Crawl(server, server.token());
        List<Ask> ofNoLevel = asks(List.of(Planted.OF_NO_LEVEL));
        List<Ask> all = asks(Stream.concat(Stream.of(Planted.OF_NO_LEVEL), Planted.FOR_MEMBERS.stream())
                .toList());
        List<Ask> custodian = Crawl.reads(names(List.of(Planted.OF_NO_LEVEL)));
        BEFORE.put("outsider", outsider.answers(all));
        List<Ask> withoutToken = all.stream().filter(ExistenceTest::isOpen).toList();
        BEFORE.put("nobody", nobody.answers(withoutToken));
        BEFORE.put("member", member.answers(ofNoLevel));
        BEFORE.put("root", root.answers(custodian));
        planted.hide(Planted.OF_NO_LEVEL);
        AFTER.put("member", member.answers(ofNoLevel));
        AFTER.put("root", root.answers(custodian));
        Planted.FOR_MEMBERS.forEach(planted::hide);
        AFTER.put("outsider", outsider.answers(all));
        AFTER.put("nobody", nobody.answers(withoutToken));
    }

    @AfterAll
    static void close() throws Exception {
        server.close();
    }

    /** What is answered without a token; the others are turned away before anything is looked at. */
    private static boolean isOpen(Ask ask) {
        return Stream.of("/opendata/public", "/redirect", "/ping", "/traces", "/holdfast", "/auth", "/dids/h4")
                .anyMatch(ask.path()::contains);
    }

    private static List<String> names(List<String> scopes) {
        List<String> names = new ArrayList<>();
        Planted.NAMES.forEach(name -> names.add(Planted.OPEN + "/" + name));
        for (String scope : scopes) {
            names.addAll(List.of(scope + "/q-file", scope + "/q-sets"));
        }
        names.add(ABSENT + "/q-file");
        return names;
    }

    private static List<Ask> asks(List<String> scopes) throws Exception {
        List<Ask> asks = new ArrayList<>(Crawl.reads(names(scopes)));
        for (String scope : scopes) {
            asks.addAll(Writes.about(scope, "q-file"));
            asks.addAll(Writes.about(scope, "q-sets"));
        }
        return asks;
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

    private static void same(String who) {
        Map<String, String> before = BEFORE.get(who);
        List<String> different = new ArrayList<>();
        AFTER.get(who).forEach((ask, answer) -> {
            if (!answer.equals(before.get(ask))) {
                different.add(ask + "\n--- before\n" + before.get(ask) + "\n--- after\n" + answer);
            }
        });
        assertThat(different).isEmpty();
    }

    @Test
    void theCustodianSeesWhatWasHiddenSoThatTheseComparisonsCouldFail() {
        long different = AFTER.get("root").entrySet().stream()
                .filter(e -> !e.getValue().equals(BEFORE.get("root").get(e.getKey())))
                .count();
        assertThat(different).isGreaterThan(60);
        assertThat(AFTER.get("outsider").values().stream().filter(a -> a.startsWith("200\n")))
                .hasSizeGreaterThan(60);
    }

    @Test
    void whoAsksForWhatIsHiddenIsWrittenDown() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> days = Files.list(folder.resolve("data/access"))) {
            for (Path day : days.toList()) {
                lines.addAll(Files.readAllLines(day));
            }
        }
        assertThat(lines)
                .anyMatch(line -> line.contains("/rucio/dids/h4-data/q-file\"")
                        && line.contains("\"who\":\"outsider\"")
                        && line.contains("\"why\":\"hidden\""));
        assertThat(lines).noneMatch(line -> line.contains("/rucio/dids/open/") && line.contains("\"why\":\"hidden\""));
    }

    @Test
    void aHiddenNameAnswersAsOneThatIsAbsent() throws Exception {
        alike(outsider, "h3-data", "q-boxz.zip");
        alike(outsider, "h4-data", "q-file");
        alike(outsider, "h5-data", "q-sets");
        alike(member, Planted.OF_NO_LEVEL, "q-sets");
    }

    /** A hidden name against one that its scope does not hold, and against one of a scope that nobody made. */
    private static void alike(Crawl who, String scope, String name) throws Exception {
        List<String> hidden = told(who, scope, name);
        assertThat(hidden).hasSizeGreaterThan(50);
        assertThat(hidden)
                .containsAll(told(who, scope, "n" + name.substring(1)))
                .containsAll(told(who, ABSENT, name));
    }

    private static List<String> told(Crawl who, String scope, String name) throws Exception {
        List<Ask> asks = new ArrayList<>(Crawl.reads(List.of(scope + "/" + name)));
        asks.addAll(Writes.about(scope, name));
        asks.removeIf(ask -> !ask.toString().contains(scope) || ask.path().contains(BY_RULE));
        List<String> told = new ArrayList<>();
        who.answers(asks)
                .forEach((ask, answer) -> told.add((ask + "\n" + answer)
                        .replaceAll("h[0-9]-data", "SCOPE")
                        .replaceAll("/[0-9a-f]{2}/[0-9a-f]{2}/", "/xx/xx/")
                        .replaceAll("\\b[qn]-(file|sets|allc|boxz|free)", "NAME-$1")));
        return told;
    }

    @Test
    void nothingOpenHoldsWhatIsHidden() throws Exception {
        for (String holder : List.of("q-sets", "q-allc")) {
            String answer = root.answer(new Ask(
                    "POST",
                    "/rucio/dids/%s/%s/dids".formatted(Planted.OPEN, holder),
                    "{\"dids\": [%s]}"
                            .formatted(Planted.id("h3-data", holder.equals("q-sets") ? "q-file" : "q-sets"))));
            assertThat(answer)
                    .startsWith("409\n")
                    .contains("fewer people may know of scope h3-data than of scope open");
        }
    }

    @Test
    void aMemberSeesTheLevelsForMembersAndWritesWhereTheirLevelLetsThem() throws Exception {
        assertThat(member.answer(new Ask("GET", "/rucio/dids/h3-data/q-sets", "")))
                .startsWith("200\n");
        assertThat(member.answer(new Ask("POST", "/rucio/dids/h3-data/new", "{\"type\": \"DATASET\"}")))
                .startsWith("201\n");
        assertThat(member.answer(new Ask("POST", "/rucio/dids/h4-data/new", "{\"type\": \"DATASET\"}")))
                .startsWith("401\n")
                .contains("AccessDenied", "level 4, Detector data, is written by operations (P-21)");
        assertThat(member.answer(new Ask(
                        "POST",
                        "/rucio/replicas/",
                        "{\"rse\":\"XROOT\",\"files\":[%s]}".formatted(Planted.claim("h4-data", "new", "")))))
                .startsWith("401\n")
                .contains("AccessDenied", "level 4, Detector data, is written by operations (P-21)");
        assertThat(outsider.answer(new Ask("POST", "/rucio/dids/open/new", "{\"type\": \"DATASET\"}")))
                .startsWith("401\n")
                .contains("AccessDenied");
    }
}
