package holdfast.durability;

import holdfast.durability.ClassHolding.CopySum;
import holdfast.storage.Medium;
import holdfast.storage.Place;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Elements, files and inputs for the tests of this room. */
final class Scene {
    static final StorageElement HOME = element("HOME", "home", Optional.of("hill"), Medium.ARCHIVAL_DISK);
    static final StorageElement HOME_TAPE = element("HOME-TAPE", "home", Optional.of("hill"), Medium.TAPE);
    static final StorageElement NEAR = element("NEAR", "near", Optional.of("hill"), Medium.ARCHIVAL_DISK);
    static final StorageElement FAR = element("FAR", "far", Optional.of("coast"), Medium.TAPE);
    static final StorageElement ABROAD = element("ABROAD", "abroad", Optional.of("river"), Medium.ARCHIVAL_DISK);
    static final StorageElement UNKNOWN = element("UNKNOWN", "unknown", Optional.empty(), Medium.ARCHIVAL_DISK);

    private Scene() {}

    /** An element whose region is its site. */
    static StorageElement element(String name, String site, Optional<String> zone, Medium medium) {
        return new StorageElement(
                new StorageName(name),
                new SiteName(site),
                new Place(Optional.of(site), zone, Optional.of(site)),
                Optional.of(medium),
                StorageElement.Use.IN_USE,
                Optional.empty(),
                new StorageElement.DriverChoice("posix", Map.of()));
    }

    static Cohort files(long count, StorageElement... counted) {
        return new Cohort(count, new ByteSize(count), List.of(counted), List.of());
    }

    static Cohort doubtful(long count, List<StorageElement> counted, List<StorageElement> doubtful) {
        return new Cohort(count, new ByteSize(count), counted, doubtful);
    }

    /** A class whose proofs are so many days old at every element, and half as old again at the worst. */
    static ClassHolding raw(double days, Cohort... cohorts) {
        Map<StorageName, CopySum> copies = new HashMap<>();
        long files = 0;
        for (Cohort cohort : cohorts) {
            files += cohort.files();
            cohort.counted().forEach(e -> copies.put(e.name(), new CopySum(1, 0, 0, 0, days, days * 1.5)));
        }
        return new ClassHolding(Optional.of(new ClassId("raw")), List.of(cohorts), copies, files);
    }

    static Inputs assumed() {
        return Choice.of(nothing(), Map.of(Carrier.TAPE, 730.0, Carrier.DISK, 90.0), Map.of());
    }

    static Inputs stated(Map<InputName, Double> stated) {
        return Choice.of(nothing(), Map.of(Carrier.TAPE, 730.0, Carrier.DISK, 90.0), stated);
    }

    static Measured nothing() {
        return new Measured(Map.of(), Map.of(), Measured.Repairs.NONE, Measured.Rebuild.NONE);
    }
}
