package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.server.config.Adoption;
import holdfast.server.work.DoorRound;
import holdfast.storage.DoorProbe;
import holdfast.storage.Visitor;
import holdfast.vocabulary.StorageName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Knocks now at the door of an element, or of all, as those who must not get in. */
@RestController
@RequestMapping("/api/probes")
class ProbeController {
    private final DoorRound doors;
    private final Adoption adoption;

    ProbeController(DoorRound doors, Adoption adoption) {
        this.doors = doors;
        this.adoption = adoption;
    }

    record Asked(@Nullable String element) {}

    /** What was met for the files of one class. */
    record Met(String element, String classId, String at, int paths, List<Trial> trials, List<Open> open) {
        static Met of(DoorProbe probe) {
            return new Met(
                    probe.key().element().name(),
                    probe.key().classId().name(),
                    probe.at().toString(),
                    probe.paths(),
                    probe.trials().stream().map(Trial::of).toList(),
                    probe.open().stream().map(Open::of).toList());
        }
    }

    record Trial(
            Visitor visitor,
            int refused,
            int notKnown,
            @Nullable String why) {
        static Trial of(DoorProbe.Trial trial) {
            return new Trial(
                    trial.visitor(),
                    trial.refused(),
                    trial.notKnown(),
                    trial.why().orElse(null));
        }
    }

    record Open(Visitor visitor, String path, String at, String seen) {
        static Open of(DoorProbe.OpenDoor door) {
            return new Open(door.visitor(), door.path().path(), door.at().toString(), door.seen());
        }
    }

    @PostMapping
    List<Met> probe(@RequestBody Asked asked, Reach reach) {
        List<StorageName> elements =
                Reaching.elements(adoption.get().sites(), Optional.ofNullable(asked.element), reach);
        return elements.stream()
                .flatMap(element -> doors.now(element).stream())
                .map(Met::of)
                .toList();
    }
}
