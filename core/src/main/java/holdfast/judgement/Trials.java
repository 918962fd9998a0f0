package holdfast.judgement;

import holdfast.plan.MemberSource;
import holdfast.storage.DoorProbe;
import holdfast.storage.OpeningSample;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was tried at elements by samples of their files, and is recorded apart from their condition; and who was to be let in.
 *
 * @param doors what those met who are no members and knocked
 * @param openings what programs made of the bytes
 * @param members of which moment the last word of each source of members is, as far as it ever spoke
 */
public record Trials(
        Map<DoorProbe.Key, DoorProbe> doors,
        Map<OpeningSample.Key, OpeningSample> openings,
        Map<MemberSource.From, Instant> members) {
    /** Nothing was ever tried. */
    public static final Trials NONE = new Trials(Map.of(), Map.of(), Map.of());

    public Trials {
        doors = Map.copyOf(doors);
        openings = Map.copyOf(openings);
        members = Map.copyOf(members);
    }

    /** Of which moment the last word of a source of members is; empty where it never spoke. */
    Optional<Instant> memberWord(MemberSource.From source) {
        return Optional.ofNullable(members.get(source));
    }

    /** What opening files of a class as a format last showed at an element; empty when none was ever tried. */
    Optional<OpeningSample> opening(StorageName element, ClassId classId, String format) {
        return Optional.ofNullable(openings.get(new OpeningSample.Key(element, classId, format)));
    }

    /** What knocking last showed for the files of a class at an element; empty when nobody ever knocked. */
    Optional<DoorProbe> door(StorageName element, ClassId classId) {
        return Optional.ofNullable(doors.get(new DoorProbe.Key(element, classId)));
    }
}
