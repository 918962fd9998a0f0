package holdfast.server;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server's main class: starts one node, reachable from this machine only until identities exist. */
@SpringBootApplication
public class HoldfastServer {

    /** Starts the node with Spring's own options, for instance {@code --server.port=8470}. */
    public static void main(String[] arguments) {
        SpringApplication server = new SpringApplication(HoldfastServer.class);
        server.setBannerMode(Banner.Mode.OFF);
        server.setDefaultProperties(Map.of("server.address", "127.0.0.1"));
        server.run(arguments);
    }
}
