package holdfast.server.openers;

import holdfast.catalog.FileRow;
import holdfast.formats.Opener;
import holdfast.server.drivers.DigestPass;
import holdfast.server.drivers.DigestingStream;
import holdfast.server.drivers.Measured;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The programs of this node that open files, by format. */
public final class Openers {
    /** The attribute with a file's number of events. */
    private static final String EVENTS = "events";

    private static final int LONGEST_NAME = 100;

    private final Path folder;
    private final Map<String, Opener> byFormat;

    /** @param folder where copies of bytes lie while a program looks at them */
    public Openers(Path folder, List<Opener> openers) {
        this.folder = folder;
        this.byFormat = openers.stream().collect(Collectors.toUnmodifiableMap(Opener::format, Function.identity()));
    }

    public Set<String> formats() {
        return byFormat.keySet();
    }

    /**
     * Copies the bytes of one copy into a new folder, makes sure that they are the file's, and lets the program of the
     * format open them; what fails is tried once more. The stream stays open.
     *
     * @throws IOException when the bytes cannot be read
     */
    public Opened open(String format, FileRow file, InputStream bytes) throws IOException {
        Opener opener = Optional.ofNullable(byFormat.get(format))
                .orElseThrow(() -> new IllegalArgumentException("this node has no opener for " + format));
        Files.createDirectories(folder);
        if (folder.toFile().getUsableSpace() / 2 < file.size().bytes()) {
            return new Opened.NotKnown("there is no room in " + folder + " for a copy of " + file.size() + " bytes");
        }
        Path own = Files.createDirectory(
                folder.resolve(UUID.randomUUID().toString()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Path copy = own.resolve(name(file));
            Optional<String> different = copy(file, bytes, copy);
            return different.isPresent()
                    ? new Opened.NotKnown(different.get())
                    : run(new Program(opener), file, own, copy);
        } finally {
            delete(own);
        }
    }

    private static Opened run(Program program, FileRow file, Path own, Path copy) {
        Opened first = counted(program.run(own, copy), file);
        if (!(first instanceof Opened.Fails)) {
            return first;
        }
        Opened second = counted(program.run(own, copy), file);
        return second instanceof Opened.Opens ? new Opened.NotKnown("it opened only when it was tried again") : second;
    }

    /** The number of events that the program counted has to be the catalogue's, where both have one. */
    private static Opened counted(Opened opened, FileRow file) {
        Optional<String> stated = file.attributes().value(EVENTS);
        boolean differ = opened instanceof Opened.Opens opens
                && opens.events().isPresent()
                && stated.isPresent()
                && !stated.get().equals(Long.toString(opens.events().getAsLong()));
        return differ && opened instanceof Opened.Opens opens
                ? new Opened.Fails(
                        "it holds " + opens.events().getAsLong() + " events, the catalogue says " + stated.get())
                : opened;
    }

    /** Answers how the bytes differ from the file's; damage is a matter of inspections and says nothing of the format. */
    private static Optional<String> copy(FileRow file, InputStream bytes, Path to) throws IOException {
        Set<Algorithm> stated = EnumSet.noneOf(Algorithm.class);
        for (Algorithm algorithm : Algorithm.values()) {
            file.digests().by(algorithm).ifPresent(_ -> stated.add(algorithm));
        }
        DigestingStream measuring = new DigestingStream(bytes, stated);
        byte[] buffer = new byte[DigestPass.BUFFER];
        long left = file.size().bytes();
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int read = measuring.read(buffer); read >= 0 && left >= read; read = measuring.read(buffer)) {
                out.write(buffer, 0, read);
                left -= read;
            }
        }
        Measured measured = measuring.measured();
        boolean same = measured.size().equals(file.size())
                && stated.stream()
                        .allMatch(a ->
                                isSame(file.digests().by(a), measured.digests().by(a)));
        return same ? Optional.empty() : Optional.of("its bytes are not the file's, which inspections have to find");
    }

    private static boolean isSame(Optional<Digest> one, Optional<Digest> other) {
        return one.isPresent() && one.equals(other);
    }

    /** The last part of the file's name, since programs look at how it ends, without what could mean something to them. */
    private static String name(FileRow file) {
        String name = file.id().name();
        String last = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        String cut = last.substring(Math.max(0, last.length() - LONGEST_NAME));
        return cut.isEmpty() || cut.startsWith(".") || cut.startsWith("-") ? "file" + cut : cut;
    }

    private static void delete(Path own) throws IOException {
        try (Stream<Path> all = Files.walk(own)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
