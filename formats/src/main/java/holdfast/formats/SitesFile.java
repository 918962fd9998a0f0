package holdfast.formats;

import holdfast.plan.Agreement;
import holdfast.plan.Roads;
import holdfast.plan.Sites;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.storage.StorageElement.Deletes;
import holdfast.storage.StorageElement.DriverChoice;
import holdfast.storage.StorageElement.TapeLibrary;
import holdfast.storage.StorageElement.Use;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a sites file (docs/reference/sites-file.md). */
public final class SitesFile {
    private static final int MOST = 1_000_000;

    private final Findings findings;

    private SitesFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the sites file beside a plan.
     *
     * @param text the whole file; its digest is the SHA-256 of its bytes in UTF-8
     * @param fileName how findings call the file
     * @return the sites, or everything that is wrong with the file
     */
    public static Result<Sites> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Digest digest = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        Optional<Sites> sites =
                YamlText.table(text, findings).flatMap(table -> new SitesFile(findings).sites(table, digest));
        return findings.result(sites::orElseThrow);
    }

    private Optional<Sites> sites(Item.Table table, Digest digest) {
        Fields f = new Fields(table.spot(), table, SitesShapes.SITES, findings);
        f.count(SitesShapes.VERSION_KEY, 1, 1);
        Map<StorageName, StorageElement> elements = elements(f.table("elements"));
        Set<SiteName> known =
                elements.values().stream().map(StorageElement::site).collect(Collectors.toSet());
        Map<String, Agreement> agreements = agreements(f.table("agreements"), known);
        Item.Table clock = f.table("clock");
        Optional<Fields> c = f.has("clock")
                ? Optional.of(new Fields(f.spot("clock"), clock, SitesShapes.CLOCK, findings))
                : Optional.empty();
        String zone = c.flatMap(this::zone).orElse("UTC");
        String name = c.flatMap(x -> x.maybe("name")).orElse(zone);
        Roads roads = new RoadsReader(elements, findings).read(f);
        return landing(f, elements).map(l -> new Sites(elements, agreements, l, zone, name, digest, roads));
    }

    private Optional<StorageName> landing(Fields f, Map<StorageName, StorageElement> elements) {
        Optional<StorageName> landing = f.as("landing", StorageName::new);
        landing.filter(l -> !elements.containsKey(l))
                .ifPresent(l -> findings.unknown(
                        f.spot("landing"),
                        "storage element",
                        l.name(),
                        elements.keySet().stream().map(StorageName::name).toList()));
        landing.map(elements::get)
                .filter(e -> e.use() != Use.IN_USE)
                .ifPresent(e -> findings.add(
                        f.spot("landing"), e.name() + " takes no new files", "choose an element that is in-use"));
        return landing;
    }

    private Optional<String> zone(Fields f) {
        return f.word("zone").flatMap(w -> {
            try {
                return Optional.of(ZoneId.of(w.text()).getId());
            } catch (DateTimeException bad) {
                findings.add(w.spot(), "'" + w.text() + "' is no time zone", "write one such as Europe/Rome");
                return Optional.empty();
            }
        });
    }

    private Map<StorageName, StorageElement> elements(Item.Table table) {
        Map<StorageName, StorageElement> elements = new LinkedHashMap<>();
        for (Item.Field field : table.fields()) {
            if (!(field.value() instanceof Item.Table keys)) {
                findings.add(
                        field.value().spot(),
                        "element '" + field.name() + "' has " + field.value().form(),
                        "");
                continue;
            }
            Fields f = new Fields(field.key().spot(), keys, SitesShapes.ELEMENT, findings);
            Optional<StorageName> name = f.as(field.key(), StorageName::new);
            Optional<SiteName> site = f.as("site", SiteName::new);
            Optional<Medium> medium = f.choice("medium", Medium.values());
            Use use = f.choice("use", Use.values()).orElse(Use.IN_USE);
            Optional<TapeLibrary> library = library(f, medium);
            Place place = new Place(f.maybe("region"), f.maybe("hazard-zone"), f.maybe("operator"));
            DriverChoice driver = new DriverChoice(f.text("driver"), settings(f));
            Deletes deletes = deletes(f, medium);
            name.ifPresent(n -> site.ifPresent(
                    s -> elements.put(n, new StorageElement(n, s, place, medium, use, library, driver, deletes))));
        }
        return elements;
    }

    private Deletes deletes(Fields f, Optional<Medium> medium) {
        if (!f.has("deletes")) {
            return Deletes.byDefault(medium);
        }
        Fields d = new Fields(f.spot("deletes"), f.table("deletes"), SitesShapes.DELETES, findings);
        return new Deletes(
                d.choice("by", Deletes.By.values()).orElse(Deletes.By.HOUSE),
                d.spanOrNone("after").orElseGet(() -> Deletes.waits(medium)));
    }

    private Optional<TapeLibrary> library(Fields f, Optional<Medium> medium) {
        Optional<Integer> drives = f.count("drives", 1, MOST);
        Optional<Integer> cartridges = f.count("cartridges", 1, MOST);
        boolean tape = medium.equals(Optional.of(Medium.TAPE));
        if (!tape && (f.has("drives") || f.has("cartridges"))) {
            findings.add(f.spot("medium"), "drives and cartridges belong to medium tape", "take them away");
        }
        if (tape && !(f.has("drives") && f.has("cartridges"))) {
            findings.add(
                    f.spot("medium"), "a tape element says its drives and cartridges", "add drives: and cartridges:");
        }
        return drives.flatMap(d -> cartridges.map(c -> new TapeLibrary(d, c)));
    }

    private Map<String, String> settings(Fields f) {
        Map<String, String> settings = new HashMap<>();
        for (Item.Field field : f.table("settings").fields()) {
            if (field.value() instanceof Item.Word word) {
                settings.put(field.name(), word.text());
            } else {
                findings.add(
                        field.value().spot(),
                        "setting '" + field.name() + "' is " + field.value().form(),
                        "");
            }
        }
        return settings;
    }

    private Map<String, Agreement> agreements(Item.Table table, Set<SiteName> known) {
        Map<String, Agreement> agreements = new LinkedHashMap<>();
        AgreementReader reader = new AgreementReader(known, findings);
        for (Item.Field field : table.fields()) {
            if (field.value() instanceof Item.Table keys) {
                Fields f = new Fields(field.key().spot(), keys, SitesShapes.AGREEMENT, findings);
                agreements.put(field.name(), reader.read(field.name(), f));
            } else {
                findings.add(
                        field.value().spot(),
                        "agreement '" + field.name() + "' has " + field.value().form(),
                        "");
            }
        }
        return agreements;
    }
}
