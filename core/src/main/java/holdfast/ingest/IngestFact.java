package holdfast.ingest;

import holdfast.catalog.ChangesCatalog;
import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** This room's own facts. */
public sealed interface IngestFact extends Fact {

    /** Files came in, agreed with what was said of them, and lie at the landing element. Copies follow their files. */
    record FilesRegistered(List<FileRow> files, List<CopyRow> copies) implements IngestFact, ChangesCatalog {
        public static final String KIND = "ingest.files-registered";

        public FilesRegistered {
            files = List.copyOf(files);
            copies = List.copyOf(copies);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            List<Line> lines = new ArrayList<>(files.size() + copies.size());
            files.forEach(f -> lines.add(f.write(new Line.Writer().put("file")).line()));
            copies.forEach(c -> lines.add(c.write(new Line.Writer().put("copy")).line()));
            return lines;
        }

        public static FilesRegistered read(List<Line> lines) {
            List<FileRow> files = new ArrayList<>();
            List<CopyRow> copies = new ArrayList<>();
            for (Line line : lines) {
                Line.Reader reader = new Line.Reader(line);
                if (reader.text().equals("file")) {
                    files.add(FileRow.read(reader));
                } else {
                    copies.add(CopyRow.read(reader));
                }
            }
            return new FilesRegistered(files, copies);
        }
    }

    /** Bytes with the accession digests of registered files came in again, because no good copy was left. */
    record BytesReturned(List<FileRow> files, List<CopyRow> copies) implements IngestFact, ChangesCatalog {
        public static final String KIND = "ingest.bytes-returned";

        public BytesReturned {
            files = List.copyOf(files);
            copies = List.copyOf(copies);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return new FilesRegistered(files, copies).lines();
        }

        public static BytesReturned read(List<Line> lines) {
            FilesRegistered same = FilesRegistered.read(lines);
            return new BytesReturned(same.files(), same.copies());
        }
    }

    /** A signed release list named these files: their source may delete its own bytes now. */
    record SourceReleased(List<FileRow> files) implements IngestFact, ChangesCatalog {
        public static final String KIND = "ingest.source-released";

        public SourceReleased {
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

        public static SourceReleased read(List<Line> lines) {
            return new SourceReleased(
                    lines.stream().map(l -> FileRow.read(new Line.Reader(l))).toList());
        }
    }

    /** The outside register was read: each run it names now expects exactly these files. */
    record RegisterImported(Register register) implements IngestFact {
        public static final String KIND = "ingest.register-imported";

        @Override
        public String kind() {
            return KIND;
        }

        /** A line for the register, one for each run, one for each file after its run. */
        @Override
        public List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            lines.add(new Line.Writer()
                    .put("register")
                    .put(register.source())
                    .time(register.asOf())
                    .line());
            for (Register.Run run : register.runs()) {
                Line.Writer of = new Line.Writer()
                        .put("run")
                        .put(run.key().experiment())
                        .put(run.key().run())
                        .put(run.type());
                lines.add(of.time(run.closed()).line());
                run.files()
                        .forEach(f -> lines.add(new Line.Writer()
                                .put("file")
                                .put(f.id())
                                .put(f.size())
                                .put(f.events())
                                .line()));
            }
            return lines;
        }

        public static RegisterImported read(List<Line> lines) {
            Line.Reader head = new Line.Reader(lines.getFirst());
            head.text();
            String source = head.text();
            Instant asOf = head.time();
            List<Line> runs = new ArrayList<>();
            List<List<Register.Expected>> files = new ArrayList<>();
            for (Line line : lines.subList(1, lines.size())) {
                Line.Reader reader = new Line.Reader(line);
                if (reader.text().equals("run")) {
                    runs.add(line);
                    files.add(new ArrayList<>());
                } else {
                    files.getLast()
                            .add(new Register.Expected(
                                    DataId.parse(reader.text()),
                                    reader.maybe().map(Long::valueOf).map(ByteSize::new),
                                    reader.maybe().map(Long::valueOf)));
                }
            }
            return new RegisterImported(new Register(
                    source,
                    asOf,
                    IntStream.range(0, runs.size())
                            .mapToObj(i -> run(runs.get(i), files.get(i)))
                            .toList()));
        }

        private static Register.Run run(Line line, List<Register.Expected> files) {
            Line.Reader reader = new Line.Reader(line);
            reader.text();
            Register.RunKey key = new Register.RunKey(reader.text(), reader.text());
            String type = reader.text();
            Optional<Instant> closed = reader.maybeTime();
            return new Register.Run(key, type, closed, files);
        }
    }
}
