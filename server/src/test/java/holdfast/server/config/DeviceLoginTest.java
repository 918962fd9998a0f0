package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LocalIssuer;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of the real command line by device code, at a strict issuer and a real server. */
@Tag("alone")
class DeviceLoginTest {
    private static final Pattern CODE = Pattern.compile("\"code\":\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private static LocalIssuer issuer;
    private static RucioServer server;
    private static CommandLine prompt;

    @BeforeAll
    static void begin() throws Exception {
        issuer = new LocalIssuer(Instant::now);
        Files.writeString(folder.resolve("issuers.yaml"), """
            holdfast-issuers: 1
            issuers:
              lab: { url: "%s", audiences: "%s", client: { id: house } }
            """.formatted(issuer.url(), LocalIssuer.AUDIENCE));
        server = new RucioServer(new Laboratory(TestDatabase.migrated(), folder));
        prompt = new CommandLine(server, folder.resolve("prompt"));
        assertThat(server.call("POST", "/accounts/anna", "{\"type\": \"USER\", \"email\": \"\"}")
                        .statusCode())
                .isEqualTo(201);
        String identity =
                "{\"identity\": \"SUB=anna, ISS=%s\", \"authtype\": \"OIDC\", \"email\": \"\"}".formatted(issuer.url());
        assertThat(server.call("POST", "/accounts/anna/identities", identity).statusCode())
                .isEqualTo(201);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        issuer.close();
    }

    /** Begins, says yes in the place of the person as soon as there is a code, and waits for the end. */
    private static int logIn() throws Exception {
        Path out = folder.resolve("prompt/login-out");
        ProcessPipe login = new ProcessPipe(prompt.piped("login", "--json", "--token-file", "rucio-token"));
        issuer.logins().approves(login.code());
        return login.end(out);
    }

    private record ProcessPipe(Process process) {
        String code() throws Exception {
            String line = process.inputReader().readLine();
            Matcher code = CODE.matcher(String.valueOf(line));
            assertThat(code.find()).as("%s", line).isTrue();
            return code.group(1);
        }

        int end(Path out) throws Exception {
            BufferedReader rest = process.inputReader();
            Files.write(out, rest.lines().toList());
            return process.waitFor();
        }
    }

    @Test
    void aLoginByDeviceCodeIsKeptUsedRenewedAndGivenBack() throws Exception {
        issuer.logins().comes("anna");
        assertThat(logIn()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(prompt.logins())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("prompt/login-out")))
                .contains("\"account\":\"anna\"", "SUB=anna, ISS=" + issuer.url(), "\"standing\":\"member\"");

        Path token = folder.resolve("prompt/rucio-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");
        assertThat(server.send(server.at("/accounts/whoami")
                                .header("X-Rucio-Auth-Token", Files.readString(token))
                                .build())
                        .headers()
                        .firstValue("Location"))
                .hasValueSatisfying(at -> assertThat(at).endsWith("anna"));

        var before = issuer.logins().refreshTokens();
        String kept = Files.readString(prompt.logins());
        Files.writeString(
                prompt.logins(), kept.replaceAll("\"expires\" : \"[^\"]*\"", "\"expires\" : \"2026-01-01T00:00:00Z\""));
        CommandLine.Ended who = prompt.loggedIn("whoami");
        assertThat(who.out()).as(who.err()).contains("account   anna", "standing  member");
        assertThat(issuer.logins().refreshTokens()).hasSize(1).doesNotContainAnyElementsOf(before);

        assertThat(prompt.loggedIn("logout").out()).contains("the issuer revoked the login");
        assertThat(issuer.logins().refreshTokens()).isEmpty();
        assertThat(Files.readString(prompt.logins())).doesNotContain("lab");
    }

    @Test
    void whoIsNotMappedIsToldWhoTheyAre() throws Exception {
        issuer.logins().comes("stranger");
        assertThat(logIn()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("prompt/err")))
                .contains("SUB=stranger, ISS=" + issuer.url(), "an administrator maps it");
    }
}
