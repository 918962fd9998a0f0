package holdfast.server.members;

import holdfast.access.Roster;
import holdfast.formats.MembersFile;
import holdfast.formats.Result;
import holdfast.server.clock.HouseClock;
import holdfast.server.members.MemberSync.Export;
import holdfast.server.members.MemberSync.Outcome;
import holdfast.server.sql.Leases;
import holdfast.server.sql.Memory;
import holdfast.vocabulary.Actor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the export that a node was told of: when it changes, and every hour; one node at a time. What cannot be read or is
 * refused is remembered, so that somebody is told, and changes nothing: the source grows silent by itself.
 */
public final class MembersRound {
    static final String PROBLEM = "members.problem";

    private static final Duration EVERY = Duration.ofHours(1);
    private static final String LEASE = "members";
    private static final Actor SELF = new Actor("members-file");

    private final Optional<Path> file;
    private final Desk desk;
    private Optional<Seen> seen = Optional.empty();

    /** @param lasts how long one node keeps the file to itself without a sign of life */
    public record Desk(MemberSync sync, Leases leases, Memory memory, HouseClock clock, Duration lasts) {}

    private record Seen(FileTime changed, long bytes, Instant at) {}

    public MembersRound(Optional<Path> file, Desk desk) {
        this.file = file;
        this.desk = desk;
    }

    /** Looks at the file, and takes it in when it is time. */
    public void step() {
        if (file.isEmpty()) {
            return;
        }
        Instant now = desk.clock.now();
        Optional<Seen> found = look(file.get(), now);
        if (found.isPresent() ? !isNews(found.get()) : seen.isEmpty() && hasProblem()) {
            return;
        }
        if (desk.leases.take(LEASE, desk.lasts).isEmpty()) {
            return;
        }
        try {
            Optional<String> problem = found.isPresent()
                    ? read(file.get(), found.get())
                    : Optional.of("the export of members is not there");
            remember(problem, now);
            seen = found;
        } finally {
            desk.leases.giveBack(LEASE);
        }
    }

    private boolean hasProblem() {
        return desk.memory
                .recall(PROBLEM)
                .filter(note -> !note.value().isEmpty())
                .isPresent();
    }

    private boolean isNews(Seen found) {
        return seen.filter(before -> before.changed().equals(found.changed())
                        && before.bytes() == found.bytes()
                        && found.at().isBefore(before.at().plus(EVERY)))
                .isEmpty();
    }

    private static Optional<Seen> look(Path file, Instant now) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.isRegularFile()
                    ? Optional.of(new Seen(found.lastModifiedTime(), found.size(), now))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Takes it in; what is wrong, where something is. */
    private Optional<String> read(Path path, Seen found) {
        if (found.bytes() > 4L * MembersFile.LONGEST) {
            return Optional.of("the export of members has " + found.bytes() + " bytes, more than any list of members");
        }
        try {
            return switch (MembersFile.read(Files.readString(path), "members")) {
                case Result.Refused<Roster> refused ->
                    Optional.of("the export of members cannot be read, in %d places; the first: %s"
                            .formatted(
                                    refused.findings().size(),
                                    refused.findings().getFirst().say("members")));
                case Result.Read<Roster>(Roster roster) -> {
                    Instant said = found.changed().toInstant();
                    yield problem(desk.sync.take(new Export(roster, said, OptionalLong.empty(), SELF), false));
                }
            };
        } catch (NoSuchFileException gone) {
            return Optional.of("the export of members is not there");
        } catch (CharacterCodingException notText) {
            return Optional.of("the export of members is no text in UTF-8");
        } catch (IOException unreadable) {
            return Optional.of("the export of members cannot be read: " + unreadable.getMessage());
        }
    }

    private static Optional<String> problem(Outcome outcome) {
        return switch (outcome) {
            // Another node's file, or a person, brought a newer one.
            case Outcome.Taken _, Outcome.Older _ -> Optional.empty();
            case Outcome.Refused refused -> Optional.of("the export of members was refused: " + refused.why());
            case Outcome.Unknown unknown ->
                throw new IllegalStateException(
                        "it is not known whether the export of members was taken, it is read again: " + unknown.why());
        };
    }

    private void remember(Optional<String> problem, Instant now) {
        String text = problem.orElse("");
        if (desk.memory.recall(PROBLEM).filter(n -> n.value().equals(text)).isEmpty()) {
            desk.memory.keep(PROBLEM, text, now);
        }
    }
}
