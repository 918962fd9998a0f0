package holdfast.server.config;

import holdfast.server.adoption.Adopting;
import holdfast.server.alarm.Notices;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DriverCalls;
import holdfast.server.edge.Edge;
import holdfast.server.identity.AdministratorSecret;
import holdfast.server.identity.Bearers;
import holdfast.server.identity.PageLogin;
import holdfast.server.identity.StandingLogins;
import holdfast.server.keeping.Auditor;
import holdfast.server.keeping.DamageFound;
import holdfast.server.keeping.EvidenceExport;
import holdfast.server.keeping.JournalKeeper;
import holdfast.server.keeping.KeptBundles;
import holdfast.server.keeping.LossForecaster;
import holdfast.server.members.MemberDesk;
import holdfast.server.members.Viewers;
import holdfast.server.pages.PageJson;
import holdfast.server.rebuild.RestoreDrill;
import holdfast.server.routes.AskingArguments;
import holdfast.server.routes.CleanQueries;
import holdfast.server.routes.Moments;
import holdfast.server.routes.Reaches;
import holdfast.server.routes.RouteAccess;
import holdfast.server.routes.RouteTable;
import holdfast.server.shift.ShiftReport;
import holdfast.server.signin.Browsers;
import holdfast.server.signin.IssuerDoors;
import holdfast.server.signin.Sessions;
import holdfast.server.sql.Database;
import holdfast.server.sql.Drilled;
import holdfast.server.sql.Progress;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.work.Acts;
import holdfast.server.work.Assessor;
import holdfast.server.work.Attendant;
import holdfast.server.work.Cartridges;
import holdfast.server.work.DoorRound;
import holdfast.server.work.Downtimes;
import holdfast.server.work.Dumps;
import holdfast.server.work.Explainer;
import holdfast.server.work.FixityWorker;
import holdfast.server.work.Intake;
import holdfast.server.work.ReleaseList;
import holdfast.server.work.SiteRemovals;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.format.FormatterRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands the parts of the house to the controllers; the house itself is built and ended by whoever started it. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    Database database(House house) {
        return house.database;
    }

    @Bean
    HouseClock clock(House house) {
        return house.clock;
    }

    @Bean
    AdministratorSecret secret(House house) {
        return house.entrance.secret;
    }

    @Bean
    Bearers bearers(House house) {
        return house.entrance.bearers;
    }

    @Bean
    RouteAccess access(House house) {
        return new RouteAccess(RouteTable.ours(), house.people.viewers, reaches(house));
    }

    private static Reaches reaches(House house) {
        return new Reaches(house.people.viewers, house.adoption::access);
    }

    /** Before everything else, Spring's security included. */
    @Bean
    FilterRegistrationBean<Edge> edge(House house) {
        FilterRegistrationBean<Edge> first =
                new FilterRegistrationBean<>(new Edge(house.rates, house.frontEnds, house.denied));
        first.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return first;
    }

    @Bean
    WebMvcConfigurer asking(House house) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new AskingArguments(house.people.viewers, reaches(house)));
            }

            @Override
            public void addFormatters(FormatterRegistry formatters) {
                formatters.addConverter(new Moments());
            }

            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new CleanQueries());
            }
        };
    }

    @Bean
    Viewers viewers(House house) {
        return house.people.viewers;
    }

    @Bean
    IssuerDoors issuerDoors(House house) {
        return house.entrance.issuerDoors;
    }

    /** Spring Security looks for it by its type. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(House house) {
        return house.entrance.idTokens;
    }

    @Bean
    Sessions sessions(House house) {
        return house.entrance.sessions;
    }

    @Bean
    StandingLogins standingLogins(House house) {
        return house.entrance.standing;
    }

    @Bean
    PageLogin pageLogin(House house) {
        return new Browsers(house.entrance.issuerDoors, house.entrance.sessions);
    }

    @Bean
    DriverCalls driverCalls(House house) {
        return house.fleet.calls;
    }

    @Bean
    State state(House house) {
        return house.state;
    }

    @Bean
    SqlJournal journal(House house) {
        return house.journal;
    }

    @Bean
    Adoption adoption(House house) {
        return house.adoption;
    }

    @Bean
    Rehearsal rehearsal(House house) {
        return house.rehearsal;
    }

    @Bean
    Attendant attendant(House house) {
        return house.attendant;
    }

    @Bean
    Assessor assessor(House house) {
        return house.assessor;
    }

    @Bean
    Explainer explainer(House house) {
        return house.explainer;
    }

    @Bean
    Intake intake(House house) {
        return house.intake;
    }

    @Bean
    DoorRound doors(House house) {
        return house.doors;
    }

    @Bean
    FixityWorker fixity(House house) {
        return house.fixity;
    }

    @Bean
    Downtimes downtimes(House house) {
        return house.downtimes;
    }

    @Bean
    ReleaseList releaseList(House house) {
        return house.releaseList;
    }

    @Bean
    Acts acts(House house) {
        return house.acts;
    }

    @Bean
    SiteRemovals siteRemovals(House house) {
        return house.siteRemovals;
    }

    @Bean
    Adopting adopting(House house) {
        return house.adopting;
    }

    @Bean
    Cartridges cartridges(House house) {
        return house.cartridges;
    }

    @Bean
    JournalKeeper keeper(House house) {
        return house.keeper;
    }

    @Bean
    Auditor auditor(House house) {
        return house.auditor;
    }

    @Bean
    DamageFound damage(House house) {
        return house.damage;
    }

    @Bean
    LossForecaster loss(House house) {
        return house.loss;
    }

    @Bean
    RestoreDrill restoreDrill(House house) {
        return house.restoreDrill;
    }

    @Bean
    Drilled drilled(House house) {
        return house.drilled;
    }

    @Bean
    EvidenceExport evidence(House house) {
        return house.evidence;
    }

    @Bean
    KeptBundles bundles(House house) {
        return house.bundles;
    }

    @Bean
    ShiftReport shift(House house) {
        return house.shift;
    }

    @Bean
    Dumps dumps(House house) {
        return house.dumps;
    }

    @Bean
    Notices notices(House house) {
        return house.alarms.notices;
    }

    @Bean
    MemberDesk memberDesk(House house) {
        return house.people.desk;
    }

    @Bean
    Progress progress(House house) {
        return house.progress;
    }

    /** One bean for both: the pages' data come from the same assessment. */
    @Bean
    Pages pageSource(House house) {
        return house.pages;
    }

    @Bean
    PageJson pageJson() {
        return new PagesAsJson();
    }
}
