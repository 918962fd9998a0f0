package holdfast.server.config;

import holdfast.ingest.NameSchema;
import holdfast.server.api.rucio.entry.AuthSubject;
import holdfast.server.api.rucio.entry.EntrySubject;
import holdfast.server.api.rucio.explain.ExplainSubject;
import holdfast.server.api.rucio.rules.LocksSubject;
import holdfast.server.api.rucio.rules.RequestsSubject;
import holdfast.server.api.rucio.rules.RulesSubject;
import holdfast.server.api.rucio.rules.UsageSubject;
import holdfast.server.api.rucio.wire.Route;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioServlet;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.identity.SshChallenges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mounts Rucio's interface, and lets the addresses through that its clients write. */
@Configuration(proxyBeanMethods = false)
class RucioDoor {
    /** Characters that some clients do not encode in an address. */
    private static final String UNENCODED = "\"<>[\\]^`{|}";

    /** Everything that answers an endpoint. */
    static RouteBook book(House house) {
        List<Subject> subjects = new ArrayList<>(List.of(new EntrySubject(), auth(house)));
        subjects.addAll(RucioDids.of(house));
        subjects.addAll(RucioPeople.of(house));
        subjects.addAll(RucioStorage.of(house));
        subjects.addAll(RucioReplicas.of(house));
        subjects.addAll(rules(house));
        return RouteBook.of(subjects);
    }

    private static Subject auth(House house) {
        return new AuthSubject(
                house.entrance.logins,
                house.entrance.tokens,
                new SshChallenges(house.database, house.entrance.identities, house.clock),
                new AuthSubject.Headers(
                        Optional.ofNullable(System.getProperty("holdfast.x509.header")),
                        Optional.ofNullable(System.getProperty("holdfast.voms.header"))),
                house.clock);
    }

    private static List<Subject> rules(House house) {
        RulesSubject.Desk desk = new RulesSubject.Desk(
                house.ruleBook,
                house.ruleViews,
                house.ruleElements,
                house.accounts,
                house.scopes,
                house.permissions,
                house.clock);
        return List.of(
                explain(house),
                new RulesSubject(desk),
                new UsageSubject(new UsageSubject.Desk(
                        house.database,
                        house.accounts,
                        house.limits,
                        house.usage,
                        house.ruleElements,
                        house.permissions,
                        house.clock)),
                new LocksSubject(house.ruleViews, house.ruleElements),
                new RequestsSubject(house.ruleViews, house.ruleElements, house.clock));
    }

    private static ExplainSubject explain(House house) {
        return new ExplainSubject(house.explainer, house.acts, house.ruleViews);
    }

    @Bean
    ServletRegistrationBean<RucioServlet> explainServlet(House house) {
        List<Route> routes = RouteBook.of(List.of(explain(house))).routes().stream()
                .filter(route -> route.endpoint().key().startsWith("GET /explain/"))
                .toList();
        ServletRegistrationBean<RucioServlet> mounted = new ServletRegistrationBean<>(
                new RucioServlet(
                        new RucioServlet.Mounted(ExplainSubject.MOUNT, routes),
                        house.entrance.bearers,
                        house.people.viewers::eyes,
                        schema(house),
                        house.bustle),
                ExplainSubject.MOUNT + "/explain/*");
        mounted.setName(RucioServlet.EXPLAINING);
        return mounted;
    }

    @Bean
    ServletRegistrationBean<RucioServlet> rucioServlet(House house) {
        RucioServlet servlet = new RucioServlet(
                book(house), house.entrance.bearers, house.people.viewers::eyes, schema(house), house.bustle);
        ServletRegistrationBean<RucioServlet> mounted =
                new ServletRegistrationBean<>(servlet, RucioServlet.MOUNT + "/*");
        mounted.setName(RucioServlet.NAME);
        return mounted;
    }

    private static Supplier<NameSchema> schema(House house) {
        return () -> house.adoption.get().naming().schema();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> namesWithSlashes() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            connector.setEncodedSolidusHandling("passthrough");
            connector.setEncodedReverseSolidusHandling("passthrough");
            connector.setAllowBackslash(true);
            connector.setProperty("relaxedPathChars", UNENCODED);
            connector.setProperty("relaxedQueryChars", UNENCODED);
        });
    }
}
