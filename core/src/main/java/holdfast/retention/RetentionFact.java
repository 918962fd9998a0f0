package holdfast.retention;

import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** This room's own facts. */
public sealed interface RetentionFact extends Fact {

    /** Somebody asked to release a copy and was refused; nothing changed. */
    record ReleaseRefused(DataId file, StorageName from, List<ReleaseGuard.Obstacle> obstacles)
            implements RetentionFact {
        public static final String KIND = "retention.release-refused";

        public ReleaseRefused {
            obstacles = List.copyOf(obstacles);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return obstacles.stream()
                    .map(o -> new Line.Writer()
                            .put(file)
                            .put(from)
                            .put(o.clause())
                            .put(o.why())
                            .line())
                    .toList();
        }

        public static ReleaseRefused read(List<Line> lines) {
            Line.Reader first = new Line.Reader(lines.getFirst());
            DataId file = DataId.parse(first.text());
            StorageName from = new StorageName(first.text());
            return new ReleaseRefused(
                    file, from, lines.stream().map(ReleaseRefused::obstacle).toList());
        }

        private static ReleaseGuard.Obstacle obstacle(Line text) {
            Line.Reader line = new Line.Reader(text);
            line.text();
            line.text();
            Optional<ClauseId> clause = line.maybe().map(ClauseId::new);
            return new ReleaseGuard.Obstacle(clause, line.text());
        }
    }

    /**
     * One copy of a signed release was handed to the site's own process, which may remove it until this moment; the house
     * judged once more just before.
     */
    record RemovalHanded(SiteRemoval.Handed handed, Optional<Digest> sha256) implements RetentionFact {
        public static final String KIND = "retention.removal-handed";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return List.of(new Line.Writer()
                    .put(handed.act())
                    .put(handed.file())
                    .put(handed.from())
                    .put(handed.path())
                    .put(handed.size().bytes())
                    .put(sha256.map(Digest::hex))
                    .time(handed.until())
                    .line());
        }

        public static RemovalHanded read(List<Line> lines) {
            Line.Reader line = new Line.Reader(lines.getFirst());
            UUID act = UUID.fromString(line.text());
            DataId file = DataId.parse(line.text());
            StorageName from = new StorageName(line.text());
            StoragePath path = new StoragePath(line.text());
            ByteSize size = new ByteSize(line.number());
            Optional<Digest> sha256 = line.maybe().map(hex -> new Digest(Algorithm.SHA256, hex));
            return new RemovalHanded(new SiteRemoval.Handed(act, file, from, path, size, line.time()), sha256);
        }
    }

    /** Somebody's signature counts from now on, or with {@code retired} no more. */
    record SignerNamed(Signer signer, boolean retired) implements RetentionFact {
        public static final String KIND = "retention.signer-named";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return List.of(new Line.Writer()
                    .put(signer.name())
                    .put(signer.key())
                    .put(retired ? 1 : 0)
                    .line());
        }

        public static SignerNamed read(List<Line> lines) {
            Line.Reader line = new Line.Reader(lines.getFirst());
            return new SignerNamed(new Signer(new Actor(line.text()), line.text()), line.number() == 1);
        }
    }

    /** An act as it stands now: proposed, signed once more, done or withdrawn. */
    record ActChanged(Step step, SignedAct act) implements RetentionFact {

        /** What happened to it; each step is a kind of the journal of its own. */
        public enum Step {
            PROPOSED,
            SIGNED,
            DONE,
            WITHDRAWN;

            public String kind() {
                return "retention.act-" + name().toLowerCase(Locale.ROOT);
            }
        }

        public static List<String> kinds() {
            return Arrays.stream(Step.values()).map(Step::kind).toList();
        }

        @Override
        public String kind() {
            return step.kind();
        }

        @Override
        public List<Line> lines() {
            return List.of(act.line());
        }

        public static ActChanged read(String kind, List<Line> lines) {
            Step step = Arrays.stream(Step.values())
                    .filter(s -> s.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
            return new ActChanged(step, SignedAct.read(lines.getFirst()));
        }
    }

    /** A custody hold began. */
    record HoldBegan(Hold hold) implements RetentionFact {
        public static final String KIND = "retention.hold-began";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return List.of(hold.line());
        }

        public static HoldBegan read(List<Line> lines) {
            return new HoldBegan(Hold.read(lines.getFirst()));
        }
    }

    /** The custody hold ended, by this act. */
    record HoldLifted(UUID act) implements RetentionFact {
        public static final String KIND = "retention.hold-lifted";

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return List.of(new Line.Writer().put(act).line());
        }

        public static HoldLifted read(List<Line> lines) {
            return new HoldLifted(UUID.fromString(new Line.Reader(lines.getFirst()).text()));
        }
    }

    /** Copies of which an act, or an undoing of one, says what they are now; no inspection did. */
    record CopiesDecided(Decision decision, List<CopyRow> copies) implements RetentionFact, ChangesCatalog {
        public CopiesDecided {
            copies = List.copyOf(copies);
        }

        /** What was decided; each is a kind of the journal of its own. */
        public enum Decision {
            /** They count no more and may be removed when the undo window is over. */
            RELEASING,
            /** Their bytes are removed. */
            RELEASED,
            /** What is recorded of them is not believed: they count again only when they were read. */
            READ_AGAIN,
            /** Bytes that no fact names stand where a file's copy would, while facts may be missing: they are to be read. */
            FOUND,
            /** Their cartridge is lost. */
            DECLARED_MISSING;

            public String kind() {
                return "retention.copies-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }

        public static List<String> kinds() {
            return Arrays.stream(Decision.values()).map(Decision::kind).toList();
        }

        @Override
        public String kind() {
            return decision.kind();
        }

        @Override
        public List<Line> lines() {
            return copies.stream().map(c -> c.write(new Line.Writer()).line()).toList();
        }

        public static CopiesDecided read(String kind, List<Line> lines) {
            Decision decision = Arrays.stream(Decision.values())
                    .filter(d -> d.kind().equals(kind))
                    .findFirst()
                    .orElseThrow();
            return new CopiesDecided(
                    decision,
                    lines.stream().map(l -> CopyRow.read(new Line.Reader(l))).toList());
        }
    }

    /** Files of which no bytes are left, by an act; or, with bytes back, no more. They stay subjects of every clause. */
    record FilesDeclaredLost(List<FileRow> files) implements RetentionFact, ChangesCatalog {
        public static final String KIND = "retention.files-declared-lost";

        public FilesDeclaredLost {
            files = List.copyOf(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return files.stream().map(f -> f.write(new Line.Writer()).line()).toList();
        }

        public static FilesDeclaredLost read(List<Line> lines) {
            return new FilesDeclaredLost(
                    lines.stream().map(l -> FileRow.read(new Line.Reader(l))).toList());
        }
    }

    /** Files that an act made public: which object was made of which. */
    record Published(UUID act, List<Selected> files) implements RetentionFact {
        public static final String KIND = "retention.published";

        public Published {
            files = List.copyOf(files);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return files.stream().map(file -> line(act, file)).toList();
        }

        /** One file with its act. */
        public static Line line(UUID act, Selected file) {
            return file.line(new Line.Writer().put(act));
        }

        public static Published read(List<Line> lines) {
            return new Published(
                    UUID.fromString(new Line.Reader(lines.getFirst()).text()),
                    lines.stream().map(Published::file).toList());
        }

        private static Selected file(Line text) {
            Line.Reader line = new Line.Reader(text);
            line.text();
            return Selected.read(line);
        }
    }
}
