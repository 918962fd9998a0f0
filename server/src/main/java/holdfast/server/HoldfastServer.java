package holdfast.server;

import holdfast.server.config.House;
import holdfast.server.config.Listening;
import holdfast.server.config.Options;
import holdfast.server.erase.EraseCommand;
import holdfast.server.rebuild.RebuildCommand;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole server on one page: options, the house (database, journal, plan, drivers, rounds), the interfaces on top of
 * it, and one line when it serves. Reachable from this machine only unless it is told otherwise, and then by TLS.
 */
@SpringBootApplication(
        exclude = {
            DataSourceAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class
        })
public class HoldfastServer {
    private static final int USAGE = 2;

    /** Starts a node, rebuilds one, or removes copies of one site; see {@link Options#USAGE}. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("rebuild")) {
            System.exit(RebuildCommand.run(List.of(arguments).subList(1, arguments.length), System.out, System.err));
            return;
        }
        if (arguments.length > 0 && arguments[0].equals("erase")) {
            System.exit(EraseCommand.run(
                    List.of(arguments).subList(1, arguments.length), Clock.systemUTC(), System.out, System.err));
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments));
        } catch (Options.BadOption bad) {
            System.err.println(bad.getMessage());
            System.exit(USAGE);
            return;
        }
        try {
            serve(options);
        } catch (RuntimeException failure) {
            System.err.println("holdfast serve: " + failure.getMessage());
            if (Boolean.getBoolean("holdfast.trace")) {
                failure.printStackTrace();
            }
            System.exit(USAGE);
        }
    }

    private static void serve(Options options) throws Exception {
        House house = House.on(options);
        ConfigurableApplicationContext context = open(house, options.port(), options.listening());
        house.begin();
        System.out.printf(
                "ready %s://%s:%s%n",
                options.listening().scheme(),
                options.listening().address(),
                context.getEnvironment().getProperty("local.server.port"));
    }

    /** Opens the interfaces of a house; 0 takes a free port. */
    public static ConfigurableApplicationContext open(House house, int port, Listening at) {
        SpringApplication server = new SpringApplication(HoldfastServer.class);
        server.setBannerMode(Banner.Mode.OFF);
        Map<String, Object> settings = new HashMap<>(at.settings());
        settings.putAll(Map.of(
                "server.port", Integer.toString(port),
                "spring.threads.virtual.enabled", "true",
                "logging.level.root", "warn",
                // Rucio's clients send JSON as what they like; nobody may read a body for them.
                "spring.mvc.formcontent.filter.enabled", "false",
                "spring.servlet.multipart.enabled", "false",
                "server.max-http-request-header-size", "64KB",
                // So much of a body is taken in after an answer, so that the client hears the answer.
                "server.tomcat.max-swallow-size", "64MB"));
        server.setDefaultProperties(settings);
        server.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("house", house);
            context.addApplicationListener(event -> {
                if (event instanceof org.springframework.context.event.ContextClosedEvent) {
                    close(house);
                }
            });
        });
        return server.run();
    }

    private static void close(House house) {
        try {
            house.close();
        } catch (Exception e) {
            System.getLogger(HoldfastServer.class.getName())
                    .log(System.Logger.Level.WARNING, "the house did not close in order: " + e.getMessage(), e);
        }
    }
}
