package holdfast.catalog;

import holdfast.journal.Line;
import holdfast.journal.Micros;
import holdfast.plan.Attributes;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.ClassId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The current state of one file.
 *
 * @param digests of the bytes at accession; what any copy is compared with, for ever
 * @param belongs its class and level; empty when no class of the plan matched
 * @param mention when it was first mentioned: the run's close where known, else its registration; grace runs from here
 * @param source where it came from and whether it must still be held there
 * @param placed whether all its placement duties were met once; then no grace applies any more
 * @param lost declared lost; it stays a subject of every clause
 */
public record FileRow(
        DataId id,
        ByteSize size,
        Digests digests,
        DigestOrigin digestOrigin,
        Optional<Belonging> belongs,
        Attributes attributes,
        Instant mention,
        Source source,
        boolean placed,
        boolean lost) {

    public FileRow {
        mention = Micros.cut(mention);
    }

    /** A file's class and the level of that class when it was registered. */
    public record Belonging(ClassId classId, LevelId level) {}

    /** Who stated the accession digests. */
    public enum DigestOrigin {
        /** The source stated at least one strong digest and the bytes agreed. */
        SOURCE,
        /** The source stated none; these are of the bytes as they arrived. */
        ARRIVAL
    }

    /** Where a file came from. */
    public record Source(String name, SourceState state) {}

    public enum SourceState {
        HELD,
        /** A signed release list named it: the source may delete it. */
        MAY_GO,
        UNKNOWN
    }

    public FileRow markPlaced() {
        return new FileRow(id, size, digests, digestOrigin, belongs, attributes, mention, source, true, lost);
    }

    public FileRow mentioned(Instant when) {
        return new FileRow(id, size, digests, digestOrigin, belongs, attributes, when, source, placed, lost);
    }

    /** After bytes with its accession digests came in again. */
    public FileRow bytesReturned() {
        return new FileRow(id, size, digests, digestOrigin, belongs, attributes, mention, source, placed, false);
    }

    public FileRow declareLost() {
        return new FileRow(id, size, digests, digestOrigin, belongs, attributes, mention, source, placed, true);
    }

    public FileRow withSource(SourceState state) {
        return new FileRow(
                id,
                size,
                digests,
                digestOrigin,
                belongs,
                attributes,
                mention,
                new Source(source.name, state),
                placed,
                lost);
    }

    /** The same file, said to come from there. */
    public FileRow from(String name) {
        Source other = new Source(name, source.state);
        return new FileRow(id, size, digests, digestOrigin, belongs, attributes, mention, other, placed, lost);
    }

    /** The same file, of which this is said now; its class and level stay as they were given. */
    public FileRow describe(Attributes said) {
        return new FileRow(id, size, digests, digestOrigin, belongs, said, mention, source, placed, lost);
    }

    /** The same file, whose class asks for it from now on. */
    public FileRow joins(Belonging to, Instant from) {
        return new FileRow(id, size, digests, digestOrigin, Optional.of(to), attributes, from, source, placed, lost);
    }

    /** Writes the row's fields, in the order of version 1. */
    public Line.Writer write(Line.Writer line) {
        line.put(id.scope()).put(id.name()).put(size.bytes());
        for (Algorithm algorithm : Algorithm.values()) {
            line.put(digests.by(algorithm).map(Digest::hex));
        }
        line.put(digestOrigin).put(belongs.map(Belonging::classId)).put(belongs.map(Belonging::level));
        line.put(encode(attributes)).time(mention).put(source.name).put(source.state);
        return line.put(placed ? 1 : 0).put(lost ? 1 : 0);
    }

    /** Reads the fields that {@link #write} wrote. */
    public static FileRow read(Line.Reader line) {
        DataId id = new DataId(new Scope(line.text()), line.text());
        ByteSize size = new ByteSize(line.number());
        Digests digests = Digests.NONE;
        for (Algorithm algorithm : Algorithm.values()) {
            Optional<String> hex = line.maybe();
            if (hex.isPresent()) {
                digests = digests.with(new Digest(algorithm, hex.get()));
            }
        }
        DigestOrigin origin = DigestOrigin.valueOf(line.text());
        Optional<ClassId> classId = line.maybe().map(ClassId::new);
        Optional<LevelId> level = line.maybe().map(Integer::valueOf).map(LevelId::new);
        return new FileRow(
                id,
                size,
                digests,
                origin,
                classId.flatMap(c -> level.map(l -> new Belonging(c, l))),
                decode(line.text()),
                line.time(),
                new Source(line.text(), SourceState.valueOf(line.text())),
                line.number() == 1,
                line.number() == 1);
    }

    /** Attributes as {@code name=value} pairs joined by {@code ;}, each part percent-encoded where it must be. */
    public static String encode(Attributes attributes) {
        StringBuilder text = new StringBuilder();
        attributes.values().forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append(';');
            }
            text.append(escape(name)).append('=').append(escape(value));
        });
        return text.toString();
    }

    public static Attributes decode(String text) {
        Map<String, String> values = new TreeMap<>();
        if (!text.isEmpty()) {
            for (String pair : text.split(";")) {
                int equals = pair.indexOf('=');
                values.put(unescape(pair.substring(0, equals)), unescape(pair.substring(equals + 1)));
            }
        }
        return new Attributes(values);
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace(";", "%3B").replace("=", "%3D");
    }

    private static String unescape(String text) {
        return text.replace("%3D", "=").replace("%3B", ";").replace("%25", "%");
    }
}
