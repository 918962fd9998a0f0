package holdfast.server.catalog;

import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.catalog.Protocol.Door;
import holdfast.server.catalog.Protocol.Priorities;
import holdfast.server.sql.Registry;
import holdfast.vocabulary.AccountName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Adds, changes and takes away the protocols of elements. */
public final class RseProtocols {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,31}");
    private static final int HIGHEST_PORT = 65_535;

    private final Registry registry;

    public RseProtocols(Registry registry) {
        this.registry = registry;
    }

    /**
     * Which protocols of an element are meant.
     *
     * @param hostname empty for any
     * @param port empty for any
     */
    public record Which(String scheme, Optional<String> hostname, OptionalInt port) {
        boolean fits(Door door) {
            return door.scheme().equals(scheme)
                    && hostname.map(door.hostname()::equals).orElse(true)
                    && (port.isEmpty() || port.getAsInt() == door.port());
        }

        RucioError notFound(Rse rse) {
            String where = hostname.map(host -> " for hostname '" + host + "'").orElse("")
                    + (port.isPresent() ? " on port '" + port.getAsInt() + "'" : "");
            return RucioError.notFound(
                    "RSEProtocolNotSupported",
                    "RSE '%s' does not support protocol '%s'%s".formatted(rse.name(), scheme, where));
        }
    }

    /**
     * @param sent hostname=localhost, port=0, prefix, impl, domains, extended_attributes
     * @throws RucioError 409 Duplicate where the element has a protocol at that door
     */
    public void add(AccountName who, Rse rse, String scheme, Parameters sent) {
        Door door = new Door(scheme, sent.maybeText("hostname").orElse("localhost"), port(sent, 0));
        Protocol protocol = checked(new Protocol(
                door,
                sent.maybeText("prefix").orElse(""),
                sent.maybeText("impl").orElseThrow(() -> RucioError.invalid("Missing values! A protocol needs 'impl'")),
                priorities(sent),
                sent.node("extended_attributes")));
        put(who, rse, protocol, Optional.empty());
    }

    /** Changes what was sent of one protocol; 404 RSEProtocolNotSupported where none fits, 400 where several do. */
    public void update(AccountName who, Rse rse, Which which, Parameters sent) {
        Protocol old = only(rse, which);
        Door door = new Door(
                sent.maybeText("scheme").orElse(old.scheme()),
                sent.maybeText("hostname").orElse(old.door().hostname()),
                port(sent, old.door().port()));
        Protocol next = checked(new Protocol(
                door,
                sent.maybeText("prefix").orElse(old.prefix()),
                sent.maybeText("impl").orElse(old.implementation()),
                sent.has("domains") ? merged(old.priorities(), sent) : old.priorities(),
                sent.has("extended_attributes") ? sent.node("extended_attributes") : old.extended()));
        put(who, rse, next, Optional.of(old.door()));
    }

    private static Protocol only(Rse rse, Which which) {
        List<Protocol> fitting =
                rse.protocols().stream().filter(p -> which.fits(p.door())).toList();
        if (fitting.isEmpty()) {
            throw which.notFound(rse);
        }
        if (fitting.size() > 1) {
            throw RucioError.invalid("RSE '%s' has several protocols '%s'; name hostname and port"
                    .formatted(rse.name(), which.scheme()));
        }
        checkOurs(rse, fitting.getFirst().door());
        return fitting.getFirst();
    }

    /** What an update does not name stays as it was. */
    private static Priorities merged(Priorities old, Parameters sent) {
        Map<Domain, Map<Operation, Integer>> all = new EnumMap<>(Domain.class);
        old.of().forEach((domain, of) -> all.put(domain, new EnumMap<>(of)));
        sent.maybeObject("domains")
                .ifPresent(domains -> domains.keys().forEach(word -> {
                    Map<Operation, Integer> of = all.computeIfAbsent(domain(word), d -> new EnumMap<>(Operation.class));
                    Parameters said = domains.maybeObject(word).orElseThrow(() -> domainless(word));
                    said.keys().forEach(operation -> of.remove(operation(operation)));
                    of.putAll(priorities(domain(word), said));
                }));
        return new Priorities(all);
    }

    /** Takes away all that fit; 404 RSEProtocolNotSupported where none does. */
    public void remove(AccountName who, Rse rse, Which which) {
        List<Door> doors =
                rse.protocols().stream().map(Protocol::door).filter(which::fits).toList();
        if (doors.isEmpty()) {
            throw which.notFound(rse);
        }
        doors.forEach(door -> checkOurs(rse, door));
        Shelf.change(
                registry,
                who,
                documents -> doors.stream()
                        .map(door -> Registry.drop(RseDocuments.PROTOCOL, RseDocuments.key(rse.name(), door)))
                        .toList());
    }

    private static void checkOurs(Rse rse, Door door) {
        if (rse.isOfTheHouse() && door.equals(RseAssembly.FOLDER_DOOR)) {
            throw RucioError.conflict(
                    "UnsupportedOperation",
                    "the folder of RSE '%s' follows from the sites file; change it there and adopt the file"
                            .formatted(rse.name()));
        }
    }

    private void put(AccountName who, Rse rse, Protocol protocol, Optional<Door> old) {
        String key = RseDocuments.key(rse.name(), protocol.door());
        checkOurs(rse, protocol.door());
        Shelf.change(registry, who, documents -> {
            boolean moves = old.filter(protocol.door()::equals).isEmpty();
            if (moves && documents.find(RseDocuments.PROTOCOL, key).isPresent()) {
                throw RucioError.conflict(
                        "Duplicate",
                        "Protocol '%s' on port %d already registered for  '%s' with hostname '%s'."
                                .formatted(
                                        protocol.scheme(),
                                        protocol.door().port(),
                                        rse.name(),
                                        protocol.door().hostname()));
            }
            var put = Registry.put(RseDocuments.PROTOCOL, key, RseDocuments.text(protocol));
            return old.isPresent() && moves
                    ? List.of(Registry.drop(RseDocuments.PROTOCOL, RseDocuments.key(rse.name(), old.get())), put)
                    : List.of(put);
        });
    }

    private static Protocol checked(Protocol protocol) {
        if (!SCHEME.matcher(protocol.scheme()).matches()
                || protocol.door().hostname().isEmpty()) {
            throw RucioError.invalid("a protocol has a scheme of letters, digits, '+', '.' and '-', and a hostname");
        }
        boolean hasService =
                protocol.extended().map(e -> e.has("web_service_path")).orElse(false);
        if (protocol.scheme().equals("srm") && !hasService) {
            throw RucioError.invalid(
                    "Missing values! For SRM, extended_attributes and web_service_path must be specified");
        }
        return protocol;
    }

    private static int port(Parameters sent, int otherwise) {
        long port = sent.maybeNumber("port").orElse(otherwise);
        if (port < 0 || port > HIGHEST_PORT) {
            throw RucioError.invalid("a port lies between 0 and " + HIGHEST_PORT + ", not " + port);
        }
        return (int) port;
    }

    private static Priorities priorities(Parameters sent) {
        return merged(new Priorities(Map.of()), sent);
    }

    private static Map<Operation, Integer> priorities(Domain domain, Parameters said) {
        Map<Operation, Integer> found = new EnumMap<>(Operation.class);
        for (String word : said.keys()) {
            Operation operation = operation(word);
            @Nullable Integer priority = said.node(word).isEmpty() ? null : priority(domain, word, said);
            if (priority != null) {
                found.put(operation, priority);
            }
        }
        return found;
    }

    private static int priority(Domain domain, String word, Parameters said) {
        long priority = said.mustNode(word).isIntegralNumber() ? said.number(word) : -1;
        if (priority < 0 || priority > Integer.MAX_VALUE || !operation(word).isOf(domain)) {
            throw RucioError.conflict(
                    "RSEProtocolPriorityError",
                    "The provided priority (%s) for operation '%s' in domain '%s' is not supported."
                            .formatted(said.mustNode(word), word, domain.word()));
        }
        return (int) priority;
    }

    private static Domain domain(String word) {
        return Domain.called(word).orElseThrow(() -> domainless(word));
    }

    private static RucioError domainless(String word) {
        return RucioError.notFound(
                "RSEProtocolDomainNotSupported",
                "The protocol domain '%s' is not defined in the schema.".formatted(word));
    }

    private static Operation operation(String word) {
        return Operation.called(word)
                .orElseThrow(() -> RucioError.notFound(
                        "RSEOperationNotSupported", "Operation '%s' not defined in schema.".formatted(word)));
    }
}
