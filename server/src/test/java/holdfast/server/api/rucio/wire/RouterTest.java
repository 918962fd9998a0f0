package holdfast.server.api.rucio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private static final Router ROUTER = new Router(RouteBook.of(List.of()).routes());

    private static Router.Found.Endpoint found(String verb, String path) {
        return (Router.Found.Endpoint) ROUTER.find(Verb.valueOf(verb), path);
    }

    @ParameterizedTest
    @CsvSource({
        "/dids/mc/name, mc, name",
        "/dids/mc/%2Fbelle%2FMC%2Fx, mc, /belle/MC/x",
        "/dids/mc//belle/MC/x, mc, /belle/MC/x",
        "/dids/mc/belle/MC/x, mc, belle/MC/x",
        "/dids/mc/a%3Ab%20c+d, mc, a:b c+d",
        "/dids/mc/a;b, mc, a;b",
        "/dids/mc/a%5Cb%25, mc, a\\b%",
        "/dids/mc/meta, mc, meta",
        "/dids/mc/%2Fa%2Fmeta, mc, /a/meta",
        "//dids/mc/x/, mc, x",
    })
    void aNameKeepsItsSlashesHoweverTheyCome(String path, String scope, String name) {
        Router.Found.Endpoint found = found("GET", path);
        assertThat(found.route().endpoint().key()).isEqualTo("GET /dids/{scope}/{name}");
        assertThat(found.variables()).containsEntry("scope", scope).containsEntry("name", name);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /dids/mc//a/b/meta, GET /dids/{scope}/{name}/meta",
        "POST, /dids/mc/a%2Fb/meta/key, POST /dids/{scope}/{name}/meta/{key}",
        "GET, /dids/mc//a/b/dids/history, GET /dids/{scope}/{name}/dids/history",
        "GET, /dids/mc/dids/search, GET /dids/{scope}/dids/search",
        "GET, /dids/new, GET /dids/new",
        "GET, /dids/mc, GET /dids/{scope}/",
        "GET, /dids/mc/, GET /dids/{scope}/",
        "POST, /dids/bulkmeta, POST /dids/bulkmeta",
        "GET, /dids/abc/guid, GET /dids/{guid}/guid",
        "GET, /rules/abc/history, GET /rules/{rule_id}/history",
        "GET, /rules/mc/a/b/history, GET /rules/{scope}/{name}/history",
        "GET, /requests/history/list, GET /requests/history/list",
        "GET, /requests/mc//a/b/RSE, GET /requests/{scope}/{name}/{rse}",
        "GET, /requests/history/mc/a/RSE, GET /requests/history/{scope}/{name}/{rse}",
        "GET, /subscriptions/root/rules/states, GET /subscriptions/{account}/rules/states",
        "GET, /accounts, GET /accounts/",
        "GET, /accounts/, GET /accounts/",
        "GET, /accounts/whoami, GET /accounts/whoami",
        "GET, /accounts/root, GET /accounts/{account}",
        "GET, '', GET /",
        "GET, /, GET /",
        "PUT, /config/a/b/c%2Fd, PUT /config/{section}/{option}/{value}",
        "GET, /rses/?expression=x, GET /rses/",
    })
    void theTemplateWithMoreWordsOfItsOwnAnswers(String verb, String path, String key) {
        assertThat(found(verb, path.split("\\?", 2)[0]).route().endpoint().key())
                .isEqualTo(key);
    }

    @Test
    void everyEndpointIsFoundByItsOwnTemplateWithAndWithoutASlash() {
        for (Route route : RouteBook.of(List.of()).routes()) {
            String path = route.endpoint().template().toString().replaceAll("\\{[a-z_]+}", "Xx");
            String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            for (String form : List.of(bare, bare + "/")) {
                assertThat(found(route.endpoint().verb().name(), form)
                                .route()
                                .endpoint()
                                .key())
                        .isEqualTo(route.endpoint().key());
            }
        }
    }

    @Test
    void anotherMethodIsToldFromAnotherPath() {
        assertThat(ROUTER.find(Verb.DELETE, "/ping"))
                .isEqualTo(new Router.Found.OtherVerbs(java.util.Set.of(Verb.GET)));
        assertThat(ROUTER.find(Verb.GET, "/nosuchpath")).isInstanceOf(Router.Found.Nothing.class);
    }

    @Test
    void whatCannotBeDecodedIsRefused() {
        for (String bad : List.of("/dids/mc/%ff", "/dids/mc/%c0%af", "/dids/mc/%zz", "/dids/mc/%2", "/dids/mc/a%00")) {
            assertThatThrownBy(() -> ROUTER.find(Verb.GET, bad))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            RucioError.class, e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    /** The reference has 206 endpoints; whoami stands by itself, and the house adds some of its own. */
    @Test
    void theTableHoldsEveryEndpointOnceAndNoneIsAnsweredByItself() {
        List<Route> routes = RouteBook.of(List.of()).routes();
        assertThat(routes).hasSizeGreaterThanOrEqualTo(207);
        assertThat(Endpoints.all().stream().map(Endpoint::key)).doesNotHaveDuplicates();
        assertThat(routes).allMatch(route -> route.support() == Support.NOT_YET);
    }

    @Test
    void anEndpointIsAnsweredOnceAndByItsOwnKey() {
        Handler handler = call -> Answer.empty();
        assertThatThrownBy(() -> RouteBook.of(List.of(book -> book.supports("GET /nosuch", handler))))
                .hasMessageContaining("no endpoint is called 'GET /nosuch'");
        assertThatThrownBy(() -> RouteBook.of(
                        List.of(book -> book.supports("GET /ping", handler), book -> book.refuses("GET /ping", "no"))))
                .hasMessageContaining("two subjects answer 'GET /ping'");
    }
}
