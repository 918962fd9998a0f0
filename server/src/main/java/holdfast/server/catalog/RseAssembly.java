package holdfast.server.catalog;

import holdfast.custody.InForce;
import holdfast.server.catalog.Protocol.Door;
import holdfast.server.catalog.Protocol.Priorities;
import holdfast.server.catalog.RseDocuments.Settings;
import holdfast.server.sql.Registry.Documents;
import holdfast.storage.PathAlgorithm;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.StorageName;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts elements together from the sites file and the documents of one moment. */
record RseAssembly(Documents documents, InForce inForce, Path data) {
    /** The door of an element's own folder. */
    static final Door FOLDER_DOOR = new Door("file", "localhost", 0);

    private static final Map<Operation, Integer> READ_AND_WRITE = Map.of(Operation.READ, 1, Operation.WRITE, 1);

    private static final int HTTPS = 443;

    /** Deletion is the house's alone: no client finds a protocol for it. */
    private static final Priorities NO_DELETION =
            new Priorities(Map.of(Domain.LAN, READ_AND_WRITE, Domain.WAN, READ_AND_WRITE));

    /** An element that was added; empty where the document only says more of one of the sites file. */
    Optional<Rse> added(StorageName name) {
        Settings settings = settings(name);
        return settings.origin().map(origin -> {
            SortedMap<String, String> attributes = attributes(name, new TreeMap<>());
            return new Rse(
                    name,
                    origin,
                    nature(settings, naming(settings, attributes)),
                    settings.availability(),
                    attributes,
                    RseDocuments.protocols(documents, name),
                    RseDocuments.limits(documents, name));
        });
    }

    Rse of(StorageElement element) {
        StorageName name = element.name();
        Settings more = settings(name);
        RseType type = element.isTape() ? RseType.TAPE : RseType.DISK;
        Rse.Naming naming = new Rse.Naming.OfTheHouse(inForce.naming().layout());
        return new Rse(
                name,
                new Rse.Origin.SitesFile(stated(element).keySet()),
                new Rse.Nature(type, naming, false, false, more.details()),
                availability(element.use()).and(more.availability()),
                attributes(name, stated(element)),
                protocols(element),
                RseDocuments.limits(documents, name));
    }

    private Settings settings(StorageName name) {
        return documents.find(RseDocuments.RSE, name.name()).map(Settings::of).orElse(Settings.NONE);
    }

    private static Rse.Nature nature(Settings settings, Rse.Naming naming) {
        return new Rse.Nature(
                settings.type(), naming, settings.isVolatile(), settings.isStagingArea(), settings.details());
    }

    private Rse.Naming naming(Settings settings, Map<String, String> attributes) {
        if (!settings.isDeterministic()) {
            return new Rse.Naming.Stated();
        }
        return new Rse.Naming.ByRule(Optional.ofNullable(attributes.get(RseAttributes.ALGORITHM))
                .flatMap(PathAlgorithm::called)
                .orElse(usual()));
    }

    /** Where nothing is said: names that hold their scope are paths themselves, all others are spread by their hash. */
    private PathAlgorithm usual() {
        return switch (inForce.naming().layout()) {
            case NAME -> PathAlgorithm.NAME;
            case SCOPE_AND_NAME -> PathAlgorithm.HASH;
        };
    }

    private SortedMap<String, String> attributes(StorageName name, SortedMap<String, String> stated) {
        SortedMap<String, String> all = RseDocuments.attributes(documents, name);
        all.putAll(stated);
        all.put(name.name(), "true");
        return java.util.Collections.unmodifiableSortedMap(all);
    }

    /** What the sites file says, as attributes; blanks become dashes, so that an expression can name the value. */
    static SortedMap<String, String> stated(StorageElement element) {
        SortedMap<String, String> stated = new TreeMap<>();
        stated.put("site", element.site().name());
        element.place().region().ifPresent(region -> stated.put("region", region));
        element.place().hazardZone().ifPresent(zone -> stated.put("hazard_zone", zone));
        element.place().operator().ifPresent(operator -> stated.put("operator", operator));
        element.medium().ifPresent(medium -> stated.put("medium", medium.name().toLowerCase(Locale.ROOT)));
        stated.put("archival", Boolean.toString(element.isArchival()));
        stated.replaceAll((key, value) -> value.replaceAll("[^A-Za-z0-9_-]+", "-"));
        return stated;
    }

    private static Availability availability(Use use) {
        return switch (use) {
            case IN_USE -> Availability.ALL;
            case READ_ONLY -> new Availability(true, false, true);
            case LEFT -> new Availability(false, false, false);
        };
    }

    /** A client on the same machine reaches a folder as it is; only the house's own driver reaches its tapes. */
    private List<Protocol> protocols(StorageElement element) {
        List<Protocol> all = new ArrayList<>(RseDocuments.protocols(documents, element.name()));
        if (element.driver().kind().equals("posix")) {
            Optional.ofNullable(element.driver().settings().get("root"))
                    .map(root -> folder(data.resolve(root)))
                    .ifPresent(all::add);
        }
        // What a client said of the same door holds instead.
        webDav(element.driver())
                .filter(p -> all.stream().noneMatch(said -> said.door().equals(p.door())))
                .ifPresent(all::add);
        all.sort(Protocol.SHOWN);
        return List.copyOf(all);
    }

    /** An element behind WebDAV is reached by clients as the house reaches it, by their own right. */
    private static Optional<Protocol> webDav(StorageElement.DriverChoice driver) {
        return Optional.ofNullable(driver.settings().get("url"))
                .filter(_ -> driver.kind().equals("webdav"))
                .map(URI::create)
                .filter(url -> url.getHost() != null && List.of("https", "davs").contains(url.getScheme()))
                .map(url -> new Protocol(
                        new Door("davs", url.getHost(), url.getPort() < 0 ? HTTPS : url.getPort()),
                        String.valueOf(url.getPath()),
                        // The client's own WebDAV module knows https only; davs is spoken by gfal2.
                        "rucio.rse.protocols.gfal.Default",
                        NO_DELETION,
                        Optional.empty()));
    }

    private static Protocol folder(Path root) {
        return new Protocol(
                FOLDER_DOOR,
                root.normalize() + "/",
                "rucio.rse.protocols.posix.Default",
                NO_DELETION,
                Optional.empty());
    }
}
