package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.judgement.ClauseVerdict;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.Visible;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The routes on a real socket, without the server's database and sign-in. */
class PagesOverHttpTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext server;

    /** Not marked as a configuration, so that the server in other tests does not pick it up. */
    @Import({PagesController.class, MouController.class, NotFoundController.class})
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class
    })
    static class OnlyPages {
        @Bean
        PageSource source() {
            return new FullSample();
        }

        @Bean
        MouSource agreements() {
            return MouTest::data;
        }

        @Bean
        PageJson json() {
            return new NamesAsJson();
        }

        @Bean
        WebMvcConfigurer everybodySeesEverything() {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new Everything());
                }
            };
        }
    }

    /** From nobody is anything hidden here; who sees what is for the house's own tests. */
    private static final class Everything implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Visible.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binder) {
            return Visible.EVERYTHING;
        }
    }

    /** The sample's full page. */
    private static final class FullSample implements PageSource {
        @Override
        public PageData plan() {
            return Sample.full();
        }

        @Override
        public Optional<ClauseData> clause(ClauseId clause) {
            PageData page = plan();
            return page.verdict(clause).map(v -> new ClauseData(page, v, Map.of(), List.of()));
        }

        @Override
        public List<ClauseVerdict.Failing> failing(ClauseId clause) {
            return plan().verdict(clause).orElseThrow().named();
        }
    }

    /** Enough JSON to see that it is handed on. */
    private static final class NamesAsJson implements PageJson {
        @Override
        public String plan(PageData page) {
            return "{\"plan\":\"" + page.plan().version() + "\"}";
        }

        @Override
        public String clause(PageData page, ClauseVerdict verdict) {
            return "{\"clause\":\"" + verdict.clause().id() + "\"}";
        }
    }

    @BeforeAll
    static void start() {
        server = new SpringApplication(OnlyPages.class)
                .run("--server.port=0", "--server.address=127.0.0.1", "--spring.main.banner-mode=off");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html;charset=UTF-8",
        "/plan, text/html;charset=UTF-8",
        "/plan.csv, text/csv;charset=UTF-8",
        "/plan/at-risk.csv, text/csv;charset=UTF-8",
        "/plan/sites.csv, text/csv;charset=UTF-8",
        "/plan.json, application/json",
        "/report/mou, text/html;charset=UTF-8",
        "/report/mou.csv?period=all, text/csv;charset=UTF-8",
        "/report/mou.json, application/json",
        "/api/report/mou, application/json",
        "/api/report/mou.csv, text/csv;charset=UTF-8",
        "/plan/P-26, text/html;charset=UTF-8",
        "/plan/P-26.csv, text/csv;charset=UTF-8",
        "/plan/P-26.json, application/json",
        "/style.css, text/css;charset=UTF-8"
    })
    void everyRouteAnswersWithItsTypeAndTheGuardingHeaders(String path, String type) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/plan/P-99",
                "/plan/P-99.csv",
                "/plan/P-99.json",
                "/plan/nonsense",
                "/plan/P-26/more",
                "/plan/%3Cscript%3E",
                "/static/style.css",
                "/index.html"
            })
    void whatDoesNotExistIsTheSameBytesAlways(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(NotFoundPage.html());
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void aTableIsHandedOutAsAFile() throws Exception {
        HttpResponse<String> answer = get("/plan/P-26.csv");
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"P-26.csv\"");
        assertThat(answer.body()).startsWith("clause,subject,verdict,why\r\nP-26," + Sample.FILE);
    }

    @Test
    void jsonIsHandedOnAsTheServerWritesIt() throws Exception {
        assertThat(get("/plan.json").body()).isEqualTo("{\"plan\":\"2026-11\"}");
        assertThat(get("/plan/P-26.json").body()).isEqualTo("{\"clause\":\"P-26\"}");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        String port = server.getEnvironment().getRequiredProperty("local.server.port");
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return CLIENT.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
