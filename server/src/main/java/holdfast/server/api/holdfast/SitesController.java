package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.judgement.Surroundings;
import holdfast.server.drivers.DriverCalls;
import holdfast.server.work.Attendant;
import holdfast.storage.Condition;
import holdfast.storage.Downtime;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The storage elements and their recorded condition. */
@RestController
@RequestMapping("/api/sites")
class SitesController {
    private final Attendant attendant;
    private final DriverCalls calls;

    SitesController(Attendant attendant, DriverCalls calls) {
        this.attendant = attendant;
        this.calls = calls;
    }

    /** What was asked of each element in their reach since this process began, by kind. */
    @GetMapping("/calls")
    Map<String, SortedMap<String, Long>> calls(Reach reach) {
        SortedMap<String, SortedMap<String, Long>> now = new TreeMap<>(calls.now());
        if (!reach.equals(Reach.EVERYWHERE)) {
            now.keySet()
                    .retainAll(Reaching.elements(attendant.surroundings().sites(), Optional.empty(), reach).stream()
                            .map(StorageName::name)
                            .toList());
        }
        return now;
    }

    record Element(
            String name,
            String site,
            @Nullable String medium,
            String use,
            @Nullable Instant silentSince,
            List<Planned> downtimes,
            @Nullable Integer workingDrives,
            @Nullable Instant lastDrill,
            int failedDrills,
            @Nullable Instant suspectSince,
            Condition.@Nullable Listing listing,
            Condition.@Nullable Scrub scrub) {}

    record Planned(Instant from, Instant until, String reason) {}

    @GetMapping
    List<Element> elements() {
        Surroundings now = attendant.surroundings();
        return now.sites().all().stream()
                .map(e -> element(e, now.condition(e.name())))
                .toList();
    }

    private static Element element(StorageElement e, Condition c) {
        return new Element(
                e.name().name(),
                e.site().name(),
                e.medium().map(Enum::name).orElse(null),
                e.use().name(),
                c.silentSince().orElse(null),
                c.downtimes().stream().map(SitesController::planned).toList(),
                c.workingDrives().orElse(null),
                c.lastDrill().orElse(null),
                c.failedDrills(),
                c.suspectSince().orElse(null),
                c.listing().orElse(null),
                c.scrub().orElse(null));
    }

    private static Planned planned(Downtime d) {
        return new Planned(d.from(), d.until(), d.reason());
    }
}
