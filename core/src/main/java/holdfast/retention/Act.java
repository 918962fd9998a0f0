package holdfast.retention;

import holdfast.journal.BadEntry;
import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What only people may decide, each by as many signatures as it needs. Its text is what they sign; a signed act is still
 * judged by its guard when it takes effect, and again just before anything is deleted.
 */
public sealed interface Act {
    /** The longest list of files that one act may name, so that people can read what they sign. */
    int MOST_FILES = 10_000;

    /** Copies of these files at one element may go: surplus ones, and those confirmed bad. */
    record ReleaseCopies(StorageName from, List<DataId> files) implements Act {
        public ReleaseCopies {
            files = sorted(files);
        }
    }

    /** The custody hold may end. */
    record LiftHold() implements Act {}

    /**
     * The suspicion of an element may end.
     *
     * @param readAgain whether its damaged copies are to be read again (the element had lied), or are bad (repair them)
     */
    record ClearSuspicion(StorageName element, boolean readAgain) implements Act {}

    /** No bytes of these files are left anywhere. */
    record DeclareLost(List<DataId> files) implements Act {
        public DeclareLost {
            files = sorted(files);
        }
    }

    /** A cartridge cannot be read any more: these files' copies on it are gone. */
    record CartridgeLost(StorageName element, String cartridge, List<DataId> files) implements Act {
        public CartridgeLost {
            files = sorted(files);
        }
    }

    /** Another plan comes into force, with its sites and policy. */
    record AdoptPlan(PlanAdopted plan) implements Act {}

    /** A scope that was only observed is managed from now on: another server's word on it counts no more. */
    record ManageScope(Scope scope, Compared compared) implements Act {}

    /**
     * These files become public, each as a new object of a public level; the old ones keep theirs.
     *
     * @param notBefore the end of an embargo: signatures may be collected before it, nothing becomes public
     */
    record Publish(Optional<Instant> notBefore, List<Selected> files) implements Act {
        public Publish {
            notBefore = notBefore.map(Micros::cut);
            files = Selected.sorted(files);
        }

        private List<Line> selection() {
            Line.Writer first = new Line.Writer().put("publish");
            notBefore.ifPresent(at -> first.put("not-before").put(at));
            return Stream.concat(Stream.of(first.line()), files.stream().map(file -> file.line(new Line.Writer())))
                    .toList();
        }

        private static Publish read(Line.Reader first, List<Line> rest) {
            Optional<Instant> notBefore = first.hasMore() ? Optional.of(instant(first)) : Optional.empty();
            return new Publish(
                    notBefore,
                    rest.stream()
                            .map(line -> Selected.read(new Line.Reader(line)))
                            .toList());
        }

        private static Instant instant(Line.Reader line) {
            String text = under(line, "not-before");
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new BadEntry("behind 'not-before' stands no moment such as 2026-12-01T09:00:00Z: " + text);
            }
        }
    }

    /**
     * What a listing both ways showed of a scope's files.
     *
     * @param digest SHA-256 of the canonical comparison
     * @param different files of the same name with other bytes, digests or copies
     */
    record Compared(Digest digest, long equal, long onlyThere, long onlyHere, long different) {
        public Compared {
            if (digest.algorithm() != Algorithm.SHA256
                    || Math.min(Math.min(equal, onlyThere), Math.min(onlyHere, different)) < 0) {
                throw new IllegalArgumentException("a comparison has a sha256 and four counts from 0 up");
            }
        }

        /** How many files the comparison found here. */
        public long here() {
            return equal + onlyHere + different;
        }
    }

    /** How many signatures of different signers it needs. */
    default int needed() {
        return this instanceof ClearSuspicion ? 1 : 2;
    }

    /** Whether it is carried out only some time after it was signed, so that one person can still stop it. */
    default boolean waits() {
        return this instanceof ReleaseCopies || this instanceof Publish;
    }

    /** The word that the act's text begins with. */
    default String word() {
        return new Line.Reader(lines().getFirst()).text();
    }

    /** The one element that it is about; empty for the others. */
    default Optional<StorageName> about() {
        return switch (this) {
            case ReleaseCopies release -> Optional.of(release.from);
            case ClearSuspicion clear -> Optional.of(clear.element);
            case CartridgeLost lost -> Optional.of(lost.element);
            case LiftHold _, DeclareLost _, AdoptPlan _, ManageScope _, Publish _ -> Optional.empty();
        };
    }

    /** The scopes whose objects its text names: who may not know of one of them may not know of the act. */
    default Stream<Scope> scopes() {
        return switch (this) {
            case ReleaseCopies release -> release.files.stream().map(DataId::scope);
            case DeclareLost lost -> lost.files.stream().map(DataId::scope);
            case CartridgeLost lost -> lost.files.stream().map(DataId::scope);
            case ManageScope manage -> Stream.of(manage.scope);
            case Publish publish ->
                publish.files.stream()
                        .flatMap(
                                file -> Stream.of(file.from().scope(), file.to().scope()));
            case LiftHold _, ClearSuspicion _, AdoptPlan _ -> Stream.empty();
        };
    }

    /** The act as the word it begins with and its fields, one line each. */
    default List<Line> lines() {
        return switch (this) {
            case ReleaseCopies(StorageName from, List<DataId> files) ->
                lines(new Line.Writer().put("release-copies").put(from).line(), files);
            case LiftHold() -> List.of(new Line.Writer().put("lift-hold").line());
            case ClearSuspicion(StorageName element, boolean again) ->
                List.of(new Line.Writer()
                        .put("clear-suspicion")
                        .put(element)
                        .put(again ? "read-again" : "bad")
                        .line());
            case DeclareLost(List<DataId> files) ->
                lines(new Line.Writer().put("declare-lost").line(), files);
            case CartridgeLost(StorageName element, String cartridge, List<DataId> files) ->
                lines(
                        new Line.Writer()
                                .put("cartridge-lost")
                                .put(element)
                                .put(cartridge)
                                .line(),
                        files);
            case AdoptPlan(PlanAdopted plan) ->
                Stream.concat(Stream.of(new Line.Writer().put("adopt-plan").line()), plan.lines().stream())
                        .toList();
            case ManageScope(Scope scope, Compared compared) -> List.of(line(scope, compared));
            case Publish publish -> publish.selection();
        };
    }

    /** With a word before each number, since people read it before they sign. */
    private static Line line(Scope scope, Compared compared) {
        return new Line.Writer()
                .put("manage-scope")
                .put(scope)
                .put("comparison")
                .put(compared.digest.hex())
                .put("equal")
                .put(compared.equal)
                .put("only-there")
                .put(compared.onlyThere)
                .put("only-here")
                .put(compared.onlyHere)
                .put("different")
                .put(compared.different)
                .line();
    }

    private static ManageScope manage(Line.Reader line) {
        Scope scope = new Scope(line.text());
        String digest = under(line, "comparison");
        return new ManageScope(
                scope,
                new Compared(
                        new Digest(Algorithm.SHA256, digest),
                        number(line, "equal"),
                        number(line, "only-there"),
                        number(line, "only-here"),
                        number(line, "different")));
    }

    private static long number(Line.Reader line, String label) {
        String text = under(line, label);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new BadEntry("behind '" + label + "' stands no number: " + text);
        }
    }

    private static String under(Line.Reader line, String label) {
        String found = line.text();
        if (!found.equals(label)) {
            throw new BadEntry("an act says '" + found + "' where '" + label + "' is due");
        }
        return line.text();
    }

    /** Reads what {@link #lines} wrote. */
    static Act read(List<Line> lines) {
        Line.Reader first = new Line.Reader(lines.getFirst());
        List<Line> rest = lines.subList(1, lines.size());
        String word = first.text();
        return switch (word) {
            case "release-copies" -> new ReleaseCopies(new StorageName(first.text()), files(rest));
            case "lift-hold" -> new LiftHold();
            case "clear-suspicion" ->
                new ClearSuspicion(new StorageName(first.text()), first.text().equals("read-again"));
            case "declare-lost" -> new DeclareLost(files(rest));
            case "cartridge-lost" -> new CartridgeLost(new StorageName(first.text()), first.text(), files(rest));
            case "adopt-plan" -> new AdoptPlan(PlanAdopted.read(rest));
            case "manage-scope" -> manage(first);
            case "publish" -> Publish.read(first, rest);
            default -> throw new BadEntry("an act of unknown kind: " + word);
        };
    }

    /** What people sign: the lines, each ended by a line feed. */
    default String text() {
        return lines().stream().map(l -> l.text() + "\n").collect(Collectors.joining());
    }

    /** Reads what {@link #text} wrote. */
    static Act parse(String text) {
        return read(text.lines().map(Line::of).toList());
    }

    /** SHA-256 of the text. */
    default Digest digest() {
        return Digest.sha256(text().getBytes(StandardCharsets.UTF_8));
    }

    private static List<Line> lines(Line first, List<DataId> files) {
        return Stream.concat(
                        Stream.of(first),
                        files.stream().map(f -> new Line.Writer().put(f).line()))
                .toList();
    }

    private static List<DataId> files(List<Line> lines) {
        return lines.stream().map(l -> DataId.parse(new Line.Reader(l).text())).toList();
    }

    private static List<DataId> sorted(Collection<DataId> files) {
        List<DataId> sorted = List.copyOf(new TreeSet<>(files));
        if (sorted.isEmpty() || sorted.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    "an act names 1 to " + MOST_FILES + " files; this one names " + sorted.size() + ": split it");
        }
        return sorted;
    }
}
