package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.api.rucio.wire.Route;
import holdfast.server.api.rucio.wire.Support;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/rucio-compatibility.md is what the routes say of themselves; run this test with -Dholdfast.write=true to write it. */
class CompatibilityPageTest {
    private static final Path PAGE = Path.of("..", "docs", "rucio-compatibility.md");
    private static final String HEAD = """
            # Rucio's interface

            Holdfast answers Rucio's clients below `/rucio`: set `rucio_host` and `auth_host` to `http://HOST:PORT/rucio`. On a
            fresh server the account `root` has the userpass identity `admin`; its password is the administrator secret
            (`admin.secret` in the data folder).

            This page is written by a test from the routes themselves:
            `build/maven.sh -pl core,formats,server test -Dtest=CompatibilityPageTest -Dholdfast.write=true`.

            ## Logging in

            - `userpass`: the identity's password has 8 to 1,024 characters and is kept by bcrypt, whole. After five wrong ones in a row an
              identity waits, twice as long each time, at most 30 s. The administrator secret is not slowed down: it is 256
              random bits, and nobody can lock the administrator out.
            - `ssh`: RSA (SHA-1 as the client signs by default, SHA-256, SHA-512) and Ed25519 keys, mapped as identities. A
              challenge is good for ten seconds and for one login.
            - `x509`: by the certificate of the line itself (`serve --tls-clients`), or behind a front end that checks certificates and
              sets a header itself whatever came in; its name is given by the Java property `holdfast.x509.header`. Without that no
              header is believed. Grid proxies are for front ends: Java checks none.
            - A token of an issuer that the server believes is taken as it is ([identities](identities.md)); the server fetches none:
              `gss` and the `oidc` endpoints are refused.
            - Tokens live for an hour and are kept as SHA-256 only. Identities and tokens stand outside the journal and can
              be erased. An identity's password does not change when it is mapped to one more account.

            ## How names come

            `%2F`, `//` and raw slashes all reach the same name; one slash at the end of an address means nothing. What scopes,
            names, accounts and elements look like, and how an address is parted into scope and name, says the policy file's
            block `rucio` ([policy file](reference/policy-file.md)); without it Rucio's generic schema holds.

            ## Bodies and streams

            A body is JSON whatever its content type says, up to 64 MB, 100 levels, 1 MB a text; strict UTF-8 without null
            characters. Answers are streamed; an error within the first 32 kB still has its own status, and a later one breaks
            the connection off, so that a client never takes half a list for a whole one.

            ## Endpoints

            `supported`: as Rucio answers. `differs`: answered, and the note says what is other on purpose. `refused`: 409
            UnsupportedOperation, with the note. `not yet`: 501, and nothing is done.

            """;

    @TempDir
    Path folder;

    @Test
    void thePageListsEveryEndpointAsItIsAnswered() throws Exception {
        String page;
        try (Laboratory laboratory = new Laboratory(holdfast.server.embedded.TestDatabase.migrated(), folder)) {
            page = page(RucioDoor.book(laboratory.house).routes());
        }
        if (Boolean.getBoolean("holdfast.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().as("write it anew, as its head says").isEqualTo(page);
    }

    private static String page(List<Route> routes) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| | endpoints | of these called by the official client |\n|---|---|---|\n");
        for (Support support : Support.values()) {
            List<Route> of = routes.stream().filter(r -> r.support() == support).toList();
            long called =
                    of.stream().filter(r -> !r.endpoint().clients().isEmpty()).count();
            page.append("| %s | %d | %d |\n".formatted(word(support), of.size(), called));
        }
        Map<String, List<Route>> groups = routes.stream()
                .collect(Collectors.groupingBy(
                        CompatibilityPageTest::group, java.util.TreeMap::new, Collectors.toList()));
        groups.forEach((group, of) -> {
            page.append("\n## ")
                    .append(group)
                    .append("\n\n| endpoint | client | answered | note |\n|---|---|---|---|\n");
            of.forEach(route -> page.append(line(route)));
        });
        return page.toString();
    }

    private static String group(Route route) {
        String template = route.endpoint().template().toString();
        return Arrays.stream(template.split("/", -1))
                .filter(part -> !part.isEmpty())
                .findFirst()
                .filter(part -> !part.equals("ping"))
                .orElse("ping");
    }

    private static String line(Route route) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        route.endpoint().key(),
                        String.join(", ", route.endpoint().clients()),
                        word(route.support()),
                        route.note().replace("|", "\\|"));
    }

    private static String word(Support support) {
        return support.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
