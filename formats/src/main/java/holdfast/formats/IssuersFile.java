package holdfast.formats;

import static holdfast.formats.Shape.Form.COUNT;
import static holdfast.formats.Shape.Form.SPAN;
import static holdfast.formats.Shape.Form.TABLE;
import static holdfast.formats.Shape.Form.TEXT;
import static holdfast.formats.Shape.Form.WORDS;
import static holdfast.formats.Shape.Key.may;
import static holdfast.formats.Shape.Key.must;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads a file of issuers (docs/reference/issuers-file.md): those whose tokens this node believes, and no others. It is a
 * file of the node's own and no part of what is adopted: whoever writes a plan lets nobody in.
 */
public final class IssuersFile {
    static final Shape ISSUERS = Shape.of(
            "the issuers",
            must("holdfast-issuers", COUNT, "1, the version of this language"),
            must("issuers", TABLE, "those whose tokens are believed, by a name of your choice"));

    static final Shape ISSUER = Shape.of(
            "an issuer",
            must("url", TEXT, "as its tokens have it in iss, character for character; https, or this very machine"),
            must("audiences", WORDS, "whom a token must be for, character for character: one of these in its aud"),
            may("keys", TEXT, "where its open keys are (a JWK set); its own discovery document says it if absent"),
            may(
                    "authorities",
                    TEXT,
                    "a PEM file with the authorities that its certificate is checked by, beside this file unless its"
                            + " path is absolute; those of the Java platform if absent"),
            may("profile", TEXT, "wlcg: tokens must carry wlcg.ver 1.x; plain: they need not. wlcg if absent"),
            may(
                    "groups",
                    TEXT,
                    "the claim of its tokens that lists somebody's groups; wlcg.groups if absent, and groups with"
                            + " profile: plain"),
            may("longest", SPAN, "a token that is good for longer than this from now on is refused; 6 h if absent"),
            may("client", TABLE, "as what this house is known there, so that people can log in; none can if absent"));

    static final Shape CLIENT = Shape.of(
            "a client",
            must("id", TEXT, "for logins in a browser, by authorization code with PKCE"),
            may(
                    "secret-file",
                    TEXT,
                    "a file with the client's secret, beside this file unless its path is absolute; a public client if"
                            + " absent"),
            may(
                    "scopes",
                    WORDS,
                    "what a login asks for besides openid, such as wlcg.groups where the issuer names groups only to those who"
                            + " ask; nothing if absent"),
            may(
                    "device-id",
                    TEXT,
                    "a public client for logins of the command line, by device code; id if absent and there is no"
                            + " secret, and with a secret none"));

    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    private final Findings findings;
    private final Set<String> urls = new HashSet<>();

    private IssuersFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the file.
     *
     * @param fileName how findings call the file
     * @return the issuers, or everything that is wrong with the file
     */
    public static Result<List<TrustedIssuer>> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Optional<List<TrustedIssuer>> issuers =
                YamlText.table(text, findings).map(table -> new IssuersFile(findings).issuers(table));
        return findings.result(issuers::orElseThrow);
    }

    private List<TrustedIssuer> issuers(Item.Table table) {
        Fields f = new Fields(table.spot(), table, ISSUERS, findings);
        f.count("holdfast-issuers", 1, 1);
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (Item.Field field : f.table("issuers").fields()) {
            if (field.value() instanceof Item.Table issuer) {
                issuers.add(issuer(field.name(), new Fields(field.key().spot(), issuer, ISSUER, findings)));
            } else {
                findings.add(
                        field.value().spot(), "an issuer is " + field.value().form(), "give it url: and audiences:");
            }
        }
        return issuers;
    }

    private TrustedIssuer issuer(String name, Fields f) {
        String url = f.text("url");
        checkAddress(f, "url", url);
        if (!urls.add(url)) {
            findings.add(f.spot("url"), "'" + url + "' stands here twice", "name each issuer once");
        }
        List<String> audiences =
                f.words("audiences").stream().map(Item.Word::text).toList();
        if (f.has("audiences") && audiences.isEmpty()) {
            findings.add(f.spot("audiences"), "audiences is empty", "name this house as the issuer's tokens do");
        }
        Optional<String> keys = f.maybe("keys");
        keys.ifPresent(address -> checkAddress(f, "keys", address));
        String profile = f.maybe("profile").orElse("wlcg");
        if (!Set.of("wlcg", "plain").contains(profile)) {
            findings.add(f.spot("profile"), "'" + profile + "' is no profile", "write wlcg or plain");
        }
        return new TrustedIssuer(
                name,
                url,
                Set.copyOf(audiences),
                keys,
                f.maybe("authorities"),
                profile.equals("wlcg"),
                f.maybe("groups").orElse(profile.equals("wlcg") ? "wlcg.groups" : "groups"),
                f.span("longest").orElse(LONGEST),
                client(f));
    }

    /** Who has a secret keeps it to itself: the command line, which anybody has, gets a client of its own or none. */
    private Optional<LoginClient> client(Fields issuer) {
        if (!issuer.has("client")) {
            return Optional.empty();
        }
        Fields f = new Fields(issuer.spot("client"), issuer.table("client"), CLIENT, findings);
        Optional<String> secret = f.maybe("secret-file");
        Optional<String> id = f.maybe("id");
        return Optional.of(new LoginClient(
                id.orElse(""),
                secret,
                f.maybe("device-id").or(() -> secret.isEmpty() ? id : Optional.empty()),
                new TreeSet<>(f.words("scopes").stream().map(Item.Word::text).toList())));
    }

    /** Keys that came over an open line would let in whoever sits on it. */
    private void checkAddress(Fields f, String key, String address) {
        if (f.has(key) && !isSafe(address)) {
            findings.add(
                    f.spot(key),
                    "'" + address + "' is no https address",
                    "write https://HOST/...; plain http is for this very machine only");
        }
    }

    private static boolean isSafe(String address) {
        try {
            URI uri = new URI(address);
            boolean whole = uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null;
            return whole
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
