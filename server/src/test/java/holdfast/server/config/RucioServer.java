package holdfast.server.config;

import holdfast.server.HoldfastServer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.embedded.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole house with its interfaces on a real socket, as a client of Rucio's sees it; it moves nothing by itself. */
public final class RucioServer implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Laboratory laboratory;
    private final ConfigurableApplicationContext context;
    private final String secret;
    private final String token;

    public RucioServer(Path folder) throws Exception {
        this(folder, "lab-policy.yaml");
    }

    /** A server whose names and paths are those of the field's generic policy. */
    public static RucioServer generic(Path folder) throws Exception {
        return new RucioServer(folder, "generic-policy.yaml");
    }

    /** A server under a plan whose levels hide what is for members. */
    static RucioServer hiding(Path folder) throws Exception {
        try (InputStream plan = RucioServer.class.getResourceAsStream("/lab/hidden.yaml")) {
            Files.write(folder.resolve("lab.yaml"), plan.readAllBytes());
        }
        return new RucioServer(folder, "hidden-policy.yaml");
    }

    private RucioServer(Path folder, String policy) throws Exception {
        this(folder, policy, Ports.open());
    }

    RucioServer(Path folder, String policy, Ports ports) throws Exception {
        this(new Laboratory(TestDatabase.migrated(), folder, policy, ports));
    }

    RucioServer(Laboratory house) throws Exception {
        laboratory = house;
        context = HoldfastServer.open(laboratory.house, 0, Listening.LOOPBACK);
        secret = Files.readString(laboratory.data().resolve("admin.secret")).strip();
        token = token("root", "admin", secret);
    }

    /** The house behind it; closed with it. */
    public House house() {
        return laboratory.house;
    }

    Laboratory laboratory() {
        return laboratory;
    }

    public RouteBook book() {
        return RucioDoor.book(house());
    }

    public String secret() {
        return secret;
    }

    /** A part of the running server. */
    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** After how many seconds of silence a browser's session ends; 0 where there is none. */
    int silence(String session) throws IOException {
        TomcatWebServer web = (TomcatWebServer) ((WebServerApplicationContext) context).getWebServer();
        Context pages = (Context) web.getTomcat().getHost().findChildren()[0];
        @Nullable Session found = pages.getManager().findSession(session);
        return found == null ? 0 : found.getMaxInactiveInterval();
    }

    /** Root's token. */
    public String token() {
        return token;
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Logs in. */
    public String token(String account, String user, String password) {
        HttpRequest request = at("/auth/userpass")
                .header("X-Rucio-Account", account)
                .header("X-Rucio-Username", user)
                .header("X-Rucio-Password", password)
                .build();
        HttpResponse<String> answer = send(request);
        return answer.headers()
                .firstValue("X-Rucio-Auth-Token")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body()));
    }

    /** A request below the mount; the path goes out as it is. */
    public HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/rucio" + path));
    }

    public HttpResponse<String> get(String path) {
        return call("GET", path, "");
    }

    /** As root, with the headers that the official client sends. */
    public HttpResponse<String> call(String method, String path, String body) {
        return send(at(path).method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("X-Rucio-Auth-Token", token)
                .header("Accept", "*/*")
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        context.close();
        laboratory.close();
    }
}
