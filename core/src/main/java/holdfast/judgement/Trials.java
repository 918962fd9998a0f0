package holdfast.judgement;

import holdfast.storage.DoorProbe;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.util.Map;
import java.util.Optional;

/**
 * What was tried at elements by samples of their files, and is recorded apart from their condition.
 *
 * @param doors what those met who are no members and knocked
 */
public record Trials(Map<DoorProbe.Key, DoorProbe> doors) {
    /** Nothing was ever tried. */
    public static final Trials NONE = new Trials(Map.of());

    public Trials {
        doors = Map.copyOf(doors);
    }

    /** What knocking last showed for the files of a class at an element; empty when nobody ever knocked. */
    Optional<DoorProbe> door(StorageName element, ClassId classId) {
        return Optional.ofNullable(doors.get(new DoorProbe.Key(element, classId)));
    }
}
