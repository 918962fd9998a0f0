import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Logs in at a house through a real Keycloak, as a browser and by the command line, and says of each step whether it went as it should.
 * Ends with 1 when one did not.
 */
final class Login {
    private static final String ANNA = "6f1c2a54-3a0f-4b7e-9a51-0d6a3f0b7c11";
    private static final String BOB = "b3b0f5cc-52a6-4d0c-8a5d-96c6c4f6f522";
    private static final Pattern FORM = Pattern.compile("<form\\b[^>]*\\baction=\"([^\"]+)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");

    private final String house;
    private final String issuer;
    private final String secret;
    private final String password;
    private final Path work;
    private int wrong;

    private Login(String... args) {
        house = args[0];
        issuer = args[1];
        secret = args[2];
        password = args[3];
        work = Path.of(args[4]);
    }

    public static void main(String[] args) throws Exception {
        Login login = new Login(args);
        login.browser();
        login.commandLine();
        System.out.println(login.wrong == 0 ? "All as expected." : login.wrong + " steps went wrong.");
        System.exit(login.wrong == 0 ? 0 : 1);
    }

    private void expect(String what, boolean seen, Object instead) {
        System.out.println((seen ? "as expected: " : "WRONG: ") + what);
        if (!seen) {
            wrong++;
            String text = String.valueOf(instead);
            System.out.println("    " + text.substring(0, Math.min(2000, text.length())).replace("\n", "\n    "));
        }
    }

    private void browser() throws Exception {
        administrator("POST", "/rucio/accounts/anna", "{\"type\": \"USER\", \"email\": \"\"}");

        Browser anna = new Browser();
        HttpResponse<String> turnedAway = anna.follow(logIn(anna, "anna"));
        expect("a person whom nobody mapped is told who they are", turnedAway.statusCode() == 403
                && turnedAway.body().contains("SUB=" + ANNA + ", ISS=" + issuer), turnedAway.body());

        administrator("POST", "/rucio/accounts/anna/identities",
                "{\"identity\": \"SUB=%s, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}".formatted(ANNA, issuer));
        anna = new Browser();
        HttpResponse<String> begun = anna.get(house + "/oauth2/authorization/lab");
        String asked = begun.headers().firstValue("Location").orElse("");
        expect("a login begins with code, PKCE S256, state and nonce", asked.startsWith(issuer)
                && asked.contains("response_type=code") && asked.contains("code_challenge_method=S256")
                && asked.contains("state=") && asked.contains("nonce="), asked);
        HttpResponse<String> page = anna.follow(anna.get(asked));
        HttpResponse<String> wrongPassword = anna.follow(submit(anna, page, Map.of("username", "anna", "password", "wrong")));
        expect("a wrong password leads to the issuer's form again",
                wrongPassword.uri().toString().startsWith(issuer) && wrongPassword.body().contains("password"), wrongPassword.body());
        HttpResponse<String> back = submit(anna, wrongPassword, Map.of("username", "anna", "password", password));
        String code = back.headers().firstValue("Location").orElse("");
        expect("the issuer sends the browser back with a code", code.startsWith(house) && code.contains("code="), back);

        HttpResponse<String> stolen = new Browser().get(code);
        expect("another browser with that code is not logged in", stolen.statusCode() == 401, stolen.body());
        HttpResponse<String> in = anna.follow(anna.get(code));
        expect("the pages open as the mapped account", in.statusCode() == 200 && in.body().contains("Signed in: anna"), in.body());
        HttpResponse<String> again = anna.get(code);
        expect("the code is good once", again.statusCode() == 401 || !location(again).equals(house + "/"), again);

        anna = new Browser();
        anna.follow(logIn(anna, "anna"));
        HttpResponse<String> out = anna.follow(submit(anna, form(anna.get(house + "/logout"), "/logout"), Map.of()));
        HttpResponse<String> after = anna.get(house + "/");
        expect("logging out ends the session here", out.statusCode() == 200 && location(after).endsWith("/login"), after);

        anna = new Browser();
        anna.follow(logIn(anna, "anna"));
        administrator("DELETE", "/rucio/accounts/anna/identities",
                "{\"identity\": \"SUB=%s, ISS=%s\", \"authtype\": \"OIDC\"}".formatted(ANNA, issuer));
        HttpResponse<String> ended = anna.get(house + "/");
        expect("a mapping that was taken back ends the session with the next request", location(ended).endsWith("/login"), ended);
    }

    private void commandLine() throws Exception {
        administrator("POST", "/rucio/accounts/anna/identities",
                "{\"identity\": \"SUB=%s, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}".formatted(ANNA, issuer));
        Ended mapped = device("anna");
        expect("the command line logs in by device code", mapped.code == 0 && mapped.out.contains("\"account\":\"anna\""), mapped);
        Ended who = holdfast("whoami");
        expect("and acts as the mapped account", who.code == 0 && who.out.contains("anna"), who);
        Path kept = work.resolve("config/holdfast/logins.json");
        Files.writeString(kept, Files.readString(kept).replaceAll("\"expires\" : \"[^\"]*\"", "\"expires\" : \"2026-01-01T00:00:00Z\""));
        Ended renewed = holdfast("whoami");
        expect("a token that ended is renewed", renewed.code == 0
                && !Files.readString(kept).contains("2026-01-01T00:00:00Z"), renewed);
        String token = Files.readString(work.resolve("rucio-token")).strip();
        HttpResponse<String> rucio = send(HttpRequest.newBuilder(URI.create(house + "/rucio/accounts/whoami"))
                .header("X-Rucio-Auth-Token", token));
        expect("Rucio's interface takes the issuer's token", location(rucio).endsWith("/anna"), rucio.headers().map() + rucio.body());
        Ended gone = holdfast("logout");
        expect("logging out has the issuer revoke", gone.code == 0 && gone.out.contains("revoked"), gone);

        Ended stranger = device("bob");
        expect("a stranger is told who they are", stranger.code != 0
                && stranger.err.contains("SUB=" + BOB + ", ISS=" + issuer), stranger);
    }

    private HttpResponse<String> logIn(Browser browser, String who) throws Exception {
        HttpResponse<String> page = browser.follow(browser.get(house + "/oauth2/authorization/lab"));
        return submit(browser, page, Map.of("username", who, "password", password));
    }

    private record Ended(int code, String out, String err) {}

    /** Begins a login of the command line, says yes in a browser in the place of the person, and waits for its end. */
    private Ended device(String who) throws Exception {
        Process login = start(work.resolve("err"), "login", "--json", "--token-file", work.resolve("rucio-token").toString());
        String first = String.valueOf(login.inputReader().readLine());
        Matcher code = Pattern.compile("\"code\":\"([^\"]+)\"").matcher(first);
        if (!code.find()) {
            return new Ended(login.waitFor(), first, Files.readString(work.resolve("err")));
        }
        Browser browser = new Browser();
        HttpResponse<String> page = browser.follow(browser.get(issuer + "/device?user_code=" + code.group(1)));
        HttpResponse<String> consent = browser.follow(submit(browser, page, Map.of("username", who, "password", password)));
        browser.follow(submit(browser, consent, Map.of("accept", "Yes")));
        String rest = login.inputReader().lines().collect(Collectors.joining("\n"));
        return new Ended(login.waitFor(), rest, Files.readString(work.resolve("err")));
    }

    private Ended holdfast(String... words) throws Exception {
        Process process = start(work.resolve("err"), words);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(work.resolve("err")));
    }

    private Process start(Path errors, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("./holdfast"));
        all.addAll(List.of(words));
        all.addAll(List.of("--url", house));
        ProcessBuilder process = new ProcessBuilder(all).redirectError(errors.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
        process.environment().put("XDG_CONFIG_HOME", work.resolve("config").toString());
        return process.start();
    }

    private void administrator(String method, String path, String body) throws Exception {
        HttpResponse<String> login = send(HttpRequest.newBuilder(URI.create(house + "/rucio/auth/userpass"))
                .header("X-Rucio-Account", "root")
                .header("X-Rucio-Username", "admin")
                .header("X-Rucio-Password", secret));
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(house + path))
                .header("X-Rucio-Auth-Token", login.headers().firstValue("X-Rucio-Auth-Token").orElse(""))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").map(to -> answer.uri().resolve(to).toString()).orElse("");
    }

    /** A page with one of its forms. */
    private record Filled(HttpResponse<String> page, String action, Map<String, String> hidden) {}

    private static Filled form(HttpResponse<String> page, String actionHas) {
        Matcher form = FORM.matcher(page.body());
        while (form.find()) {
            if (form.group(1).contains(actionHas)) {
                Map<String, String> hidden = new LinkedHashMap<>();
                Matcher input = INPUT.matcher(form.group(2));
                while (input.find()) {
                    if (attribute(input.group(), "type").equals("hidden")) {
                        hidden.put(attribute(input.group(), "name"), attribute(input.group(), "value"));
                    }
                }
                return new Filled(page, form.group(1).replace("&amp;", "&"), hidden);
            }
        }
        throw new IllegalStateException("no form for '" + actionHas + "' at " + page.uri() + ": " + page.body());
    }

    private static String attribute(String tag, String name) {
        Matcher value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return value.find() ? value.group(1) : "";
    }

    private static HttpResponse<String> submit(Browser browser, HttpResponse<String> page, Map<String, String> values) throws Exception {
        return submit(browser, form(page, ""), values);
    }

    private static HttpResponse<String> submit(Browser browser, Filled form, Map<String, String> values) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(form.hidden);
        all.putAll(values);
        String body = all.entrySet().stream()
                .map(e -> URLEncoder.encode(e.getKey(), StandardCharsets.UTF_8) + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return browser.send(HttpRequest.newBuilder(form.page.uri().resolve(form.action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Sends cookies for secure connections to the loopback interface too, as browsers do: it counts as trustworthy (Secure Contexts, 3.1). */
    private static final class Jar extends CookieManager {
        Jar() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI from, Map<String, List<String>> headers) throws IOException {
            super.put(from, headers);
            getCookieStore().getCookies().forEach(cookie -> cookie.setSecure(false));
        }
    }

    /** Somebody's browser: it keeps cookies, and follows redirects when it is told to. */
    private static final class Browser {
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new Jar())
                .build();

        HttpResponse<String> get(String address) throws Exception {
            return send(HttpRequest.newBuilder(URI.create(address)));
        }

        HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
            return client.send(request.header("Accept", "text/html").build(), BodyHandlers.ofString());
        }

        HttpResponse<String> follow(HttpResponse<String> answer) throws Exception {
            HttpResponse<String> now = answer;
            for (int i = 0; i < 10 && !location(now).isEmpty(); i++) {
                now = get(location(now));
            }
            return now;
        }
    }
}
