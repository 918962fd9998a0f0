package holdfast.spark;

import holdfast.fixity.Reconciled;
import holdfast.formats.dump.BadDump;
import holdfast.formats.dump.BadRow;
import holdfast.formats.dump.Compared;
import holdfast.formats.dump.DumpFile;
import holdfast.formats.dump.DumpHeader;
import holdfast.formats.dump.DumpKind;
import holdfast.formats.dump.Findings;
import holdfast.formats.dump.PathOrder;
import holdfast.formats.dump.TextLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * The comparison of {@code holdfast audit compare} on a cluster. Method: both dumps are cut into the same ranges of paths
 * and sorted within them by Spark's shuffle; each range is merged by the one comparison that the house has; the driver
 * puts the findings of the ranges behind each other.
 *
 * @param catalogue a path that every machine can read
 * @param listing likewise
 * @param ranges into how many ranges paths are cut; empty: one for every 64 MiB
 */
public record SparkComparison(String catalogue, String listing, OptionalInt ranges) {
    private static final long RANGE = 64L << 20;
    private static final int SAMPLES = 30;

    /**
     * Compares.
     *
     * @param findings where the driver writes the discrepancies, whole or not at all; empty for counts only
     * @throws BadDump when a dump cannot be believed; with file, line and remedy
     */
    public Compared compare(JavaSparkContext spark, Optional<Path> findings) throws IOException {
        Configuration hadoop = new Configuration(spark.hadoopConfiguration());
        // The default also ends lines at carriage returns, which are a part of a line here.
        hadoop.set("textinputformat.record.delimiter", "\n");
        StoredDump recorded = StoredDump.open(catalogue, DumpKind.CATALOGUE, hadoop);
        StoredDump listed = StoredDump.open(listing, DumpKind.LISTING, hadoop);
        Compared.requireOneElement(recorded.header(), listed.header());
        PathRanges cut = cut(recorded, listed, hadoop);
        JavaRDD<String> lines = sorted(spark, recorded, cut, hadoop)
                .zipPartitions(
                        sorted(spark, listed, cut, hadoop),
                        new RangeComparison(listed.header().at()))
                .persist(StorageLevel.DISK_ONLY());
        try {
            List<Note> notes =
                    lines.filter(Note::isOne).collect().stream().map(Note::read).toList();
            Reconciled counted = believed(notes, recorded, listed, hadoop);
            Iterator<String> found = lines.filter(line -> !Note.isOne(line)).toLocalIterator();
            if (findings.isPresent()) {
                write(findings.get(), found, recorded.header(), listed.header());
            }
            return Compared.of(recorded.header(), listed.header(), counted);
        } finally {
            lines.unpersist();
        }
    }

    private PathRanges cut(StoredDump recorded, StoredDump listed, Configuration hadoop) throws IOException {
        long bytes = recorded.bytes() + listed.bytes();
        int wanted = ranges.orElse((int) Math.clamp(bytes / RANGE, 1, 100_000));
        // As many of each side as its share of the bytes, so that no range of the larger one grows too large.
        List<byte[]> sample = new ArrayList<>(recorded.samples(share(wanted, recorded.bytes(), bytes), hadoop));
        sample.addAll(listed.samples(share(wanted, listed.bytes(), bytes), hadoop));
        return new PathRanges(sample, wanted);
    }

    private static int share(int wanted, long part, long whole) {
        return (int) Math.ceil((double) wanted * SAMPLES * part / whole);
    }

    private static JavaPairRDD<byte[], byte[]> sorted(
            JavaSparkContext spark, StoredDump dump, PathRanges cut, Configuration hadoop) {
        return spark.newAPIHadoopFile(dump.name(), TextInputFormat.class, LongWritable.class, Text.class, hadoop)
                .flatMapToPair(new KeyedLine(dump.end().place()))
                .repartitionAndSortWithinPartitions(cut, PathOrder.BY_FILE);
    }

    private static Reconciled believed(List<Note> notes, StoredDump recorded, StoredDump listed, Configuration hadoop)
            throws IOException {
        Reconciled counted = Reconciled.NOTHING;
        List<Note.Bad> bad = new ArrayList<>();
        for (Note note : notes) {
            switch (note) {
                case Note.Counted(Reconciled part) -> counted = counted.plus(part);
                case Note.Bad found -> bad.add(found);
            }
        }
        Optional<Note.Bad> first = bad.stream()
                .min(Comparator.comparing(Note.Bad::dump)
                        .thenComparingLong(b -> b.row().place()));
        if (first.isPresent()) {
            StoredDump dump = first.get().dump() == DumpKind.CATALOGUE ? recorded : listed;
            throw dump.explain(first.get().row(), hadoop);
        }
        checkEnd(recorded, counted.recorded(), hadoop);
        checkEnd(listed, counted.listed(), hadoop);
        return counted;
    }

    private static void checkEnd(StoredDump dump, long rows, Configuration hadoop) throws IOException {
        try {
            TextLine end = dump.end();
            DumpFile.checkEnd(end, rows);
        } catch (BadRow bad) {
            throw dump.explain(bad, hadoop);
        }
    }

    private static void write(Path whole, Iterator<String> found, DumpHeader recorded, DumpHeader listed)
            throws IOException {
        Path part = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                Findings findings = new Findings(out, recorded, listed);
                while (found.hasNext()) {
                    findings.write(found.next());
                }
                findings.end();
            }
            Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
