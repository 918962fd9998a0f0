package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.ExchangedTokens;
import holdfast.server.credentials.MintedTokens;
import holdfast.server.credentials.TokenFile;
import holdfast.server.drivers.DriverKind;
import holdfast.server.drivers.DriverSettings;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.Start;
import holdfast.server.drivers.fts.Fts;
import holdfast.server.drivers.fts.FtsArchive;
import holdfast.server.drivers.http.Door;
import holdfast.server.drivers.http.Endpoint;
import holdfast.server.drivers.http.Tls;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.Visitor;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Makes drivers of kind {@code webdav}. Settings: {@code url} (the element's folder, https, davs, http or dav); {@code also-at}
 * (further endpoints, parted by spaces, that it may send us to); {@code answers-within} (10 s); {@code stall} (60 s);
 * {@code copies-at-once} (200); {@code digests-at-once} (2); {@code third-party} ({@code yes} or {@code no});
 * {@code credential} ({@code full} or {@code create-only});
 * {@code authorities} (PEM; the platform's); {@code certificate} (PEM of a certificate, its chain and its key, such as a
 * proxy); {@code stranger-token-file} (the token of a non-member, who must be refused); {@code token} ({@code none}, {@code file}, {@code minted} or {@code exchanged}).
 *
 * <p>{@code file}: {@code token-file}. {@code minted}: {@code token-key} (PEM), {@code token-issuer}, {@code token-audience},
 * {@code token-base} (the server's path that the issuer's / stands for; empty), {@code token-lasts} (10 min). {@code exchanged}:
 * {@code token-endpoint}, {@code token-client} (a file of two lines, id and secret), {@code token-audience}, {@code token-base}.
 * Relative files lie in the data directory. No secret stands in the sites file.
 *
 * <p>{@code fts}: the address of an FTS3 that makes the copies to this element; {@code fts-token-file} (what it is shown; our
 * certificate if absent), {@code fts-poll} (5 s), {@code fts-patience} (1 h), {@code fts-silence} (5 min), {@code fts-job} (the most
 * files of one job, 200).
 */
public final class WebDavKind implements DriverKind {
    public static final String NAME = "webdav";
    private static final String CREATE_ONLY = "create-only";
    private static final Duration TOKEN_LASTS = Duration.ofMinutes(10);
    private static final int MOST_AT_ONCE = 10_000;
    /** Beside copies: looks, digests, reads and writes. */
    private static final int FURTHER_CONNECTIONS = 64;

    private final Path data;
    private final Start start;
    private final boolean allowsPrivate;

    /** @param allowsPrivate whether elements may stand in private networks and on this machine */
    public WebDavKind(Path data, Start start, boolean allowsPrivate) {
        this.data = data;
        this.start = start;
        this.allowsPrivate = allowsPrivate;
    }

    @Override
    public ElementDriver driver(StorageElement element, DriverSettings settings) {
        Way way = way(settings, Optional.empty()).requireFit(element, settings);
        settings.end();
        return way.driver(element.name(), start);
    }

    /**
     * How an element is reached.
     *
     * @param outsiders those who knock there and must not be let in
     * @param fts whom to ask for copies to it
     */
    public record Way(WebDavSettings settings, Door door, Bearer bearer, List<Outside> outsiders, Optional<Fts> fts) {
        public Way {
            outsiders = List.copyOf(outsiders);
        }

        /** A visitor with a door that nobody else uses, and what is shown there. */
        public record Outside(Visitor who, Door door, Bearer shows) {}

        /** Refuses a credential that cannot remove where the house is to remove. */
        public Way requireFit(StorageElement element, DriverSettings said) {
            if (settings.createsOnly() && element.deletes().by() == Deletes.By.HOUSE) {
                throw said.bad(
                        "credential", CREATE_ONLY, "possible with 'deletes: {by: site}': nobody else could remove");
            }
            return this;
        }

        /** Its bytes, over WebDAV. */
        public WebDavDriver driver(StorageName name, Start start) {
            WebDavDriver driver = new WebDavDriver(new WebDavDriver.Reached(name, door, fts), settings, bearer, start);
            outsiders.forEach(one -> driver.withOutsider(one.who(), one.door(), one.shows()));
            return driver;
        }
    }

    /**
     * The way to an element by its settings, for kinds that have these and further ones; settings are not ended.
     *
     * @param archive whether an FTS that copies to it waits for an archive
     */
    public Way way(DriverSettings settings, Optional<FtsArchive> archive) {
        URI root = address(settings, "url", settings.text("url"));
        WebDavSettings chosen = new WebDavSettings(
                root,
                settings.maybe("also-at").map(text -> endpoints(settings, text)).orElse(Set.of()),
                settings.time("answers-within", WebDavSettings.ANSWERS_WITHIN),
                settings.time("stall", WebDavSettings.STALL),
                count(settings, "copies-at-once", WebDavSettings.COPIES_AT_ONCE),
                count(settings, "digests-at-once", WebDavSettings.DIGESTS_AT_ONCE),
                settings.isFirst("third-party", "yes", "no"),
                !settings.isFirst("credential", "full", CREATE_ONLY));
        if (chosen.createsOnly() && settings.maybe("fts").isPresent()) {
            throw settings.bad(
                    "credential", CREATE_ONLY, "possible without 'fts': FTS takes away what it failed to copy");
        }
        Tls tls = new Tls(file(settings, "authorities"), file(settings, "certificate"));
        SSLContext context = context(settings, tls);
        return new Way(
                chosen,
                door(chosen, Endpoint.of(root), context),
                bearer(settings, chosen, context),
                outsiders(settings, chosen, tls),
                settings.maybe("fts").map(text -> fts(settings, chosen, context, archive)));
    }

    private Fts fts(DriverSettings settings, WebDavSettings chosen, SSLContext tls, Optional<FtsArchive> archive) {
        URI endpoint = address(settings, "fts", settings.text("fts"));
        Bearer bearer =
                file(settings, "fts-token-file").<Bearer>map(TokenFile::new).orElse(Bearer.NONE);
        Fts.Settings pace = new Fts.Settings(
                endpoint,
                settings.time("fts-poll", Fts.Settings.POLL),
                settings.time("fts-patience", Fts.Settings.PATIENCE),
                settings.time("fts-silence", Fts.Settings.SILENCE),
                count(settings, "fts-job", Fts.Settings.FILES_IN_JOB),
                archive);
        return new Fts(door(chosen, Endpoint.of(endpoint), tls), pace, bearer);
    }

    /** Somebody without a name always; a non-member where a token is named. Neither shows our certificate. */
    private List<Way.Outside> outsiders(DriverSettings settings, WebDavSettings chosen, Tls tls) {
        SSLContext bare = context(settings, new Tls(tls.authorities(), Optional.empty()));
        Endpoint own = Endpoint.of(chosen.root());
        List<Way.Outside> outsiders = new ArrayList<>();
        outsiders.add(new Way.Outside(Visitor.ANONYMOUS, door(chosen, own, bare), Bearer.NONE));
        file(settings, "stranger-token-file")
                .map(token -> new StrangerToken(token, Clock.systemUTC()))
                .ifPresent(token -> outsiders.add(new Way.Outside(Visitor.STRANGER, door(chosen, own, bare), token)));
        return outsiders;
    }

    private Door door(WebDavSettings chosen, Endpoint to, SSLContext tls) {
        return new Door(new Door.Settings(
                to,
                chosen.also(),
                tls,
                chosen.answersWithin(),
                chosen.stall(),
                chosen.copiesAtOnce() + FURTHER_CONNECTIONS,
                allowsPrivate));
    }

    private Bearer bearer(DriverSettings settings, WebDavSettings chosen, SSLContext tls) {
        return switch (settings.maybe("token").orElse("none")) {
            case "none" -> Bearer.NONE;
            case "file" -> new TokenFile(data.resolve(settings.text("token-file")));
            case "minted" -> minted(settings);
            case "exchanged" -> exchanged(settings, chosen, tls);
            case String other -> throw settings.bad("token", other, "'none', 'file', 'minted' or 'exchanged'");
        };
    }

    private Bearer minted(DriverSettings settings) {
        MintedTokens.Issuer issuer = new MintedTokens.Issuer(
                settings.text("token-issuer"),
                "holdfast",
                settings.text("token-audience"),
                settings.maybe("token-base").orElse(""),
                settings.time("token-lasts", TOKEN_LASTS));
        String file = settings.text("token-key");
        try {
            return new MintedTokens(issuer, MintedTokens.key(data.resolve(file)), Clock.systemUTC());
        } catch (IOException e) {
            throw settings.bad("token-key", file, "a private RSA key in PEM: " + e.getMessage());
        }
    }

    private Bearer exchanged(DriverSettings settings, WebDavSettings chosen, SSLContext tls) {
        URI endpoint = address(settings, "token-endpoint", settings.text("token-endpoint"));
        ExchangedTokens.Client client = new ExchangedTokens.Client(
                endpoint,
                data.resolve(settings.text("token-client")),
                settings.text("token-audience"),
                settings.maybe("token-base").orElse(""));
        return new ExchangedTokens(client, door(chosen, Endpoint.of(endpoint), tls), Clock.systemUTC());
    }

    private static SSLContext context(DriverSettings settings, Tls tls) {
        try {
            return tls.context();
        } catch (IllegalStateException e) {
            throw settings.bad(
                    "authorities",
                    tls.authorities().map(Path::toString).orElse("the platform's"),
                    "readable PEM, nor is 'certificate': " + e.getMessage());
        }
    }

    private Optional<Path> file(DriverSettings settings, String name) {
        return settings.maybe(name).map(data::resolve);
    }

    private static URI address(DriverSettings settings, String name, String text) {
        try {
            URI address = URI.create(text);
            Endpoint.of(address);
            return address;
        } catch (IllegalArgumentException e) {
            throw settings.bad(name, text, "an address such as https://se.example.org:1094/data: " + e.getMessage());
        }
    }

    private static Set<Endpoint> endpoints(DriverSettings settings, String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .map(one -> Endpoint.of(address(settings, "also-at", one)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A number from 1 on. */
    public static int count(DriverSettings settings, String name, int otherwise) {
        String text = settings.maybe(name).orElse(Integer.toString(otherwise));
        try {
            int count = Integer.parseInt(text);
            if (count > 0 && count <= MOST_AT_ONCE) {
                return count;
            }
        } catch (NumberFormatException notANumber) {
            throw settings.bad(name, text, "a number from 1 to " + MOST_AT_ONCE);
        }
        throw settings.bad(name, text, "a number from 1 to " + MOST_AT_ONCE);
    }
}
