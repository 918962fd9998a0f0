package holdfast.formats.bundle;

import holdfast.journal.Hash;
import holdfast.journal.Head;
import holdfast.journal.ProjectedHead;
import holdfast.journal.SignedHead;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a bundle that nobody vouches for: a fixed set of parts, each once, of bounded size and compression. Nothing is
 * ever written to a path that a bundle names.
 */
final class BundleReader implements Closeable {
    /** Entries hold random hex digits, so that honest ones compress far less than this. */
    private static final long MOST_COMPRESSED = 200;

    /** Below this size no compression is suspicious. */
    private static final long FREE_BYTES = 1 << 20;

    private final ZipFile zip;
    private final Map<Part, ZipEntry> parts = new EnumMap<>(Part.class);

    BundleReader(Path file) throws IOException {
        try {
            this.zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException e) {
            throw new BundleBroken(file.getFileName() + " is no ZIP file: " + e.getMessage());
        }
        try {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                take(entry);
            }
        } catch (BundleBroken e) {
            zip.close();
            throw e;
        }
    }

    /** The bundle has these parts and no others. */
    void require(Set<Part> exactly) {
        exactly.forEach(this::part);
        for (Part part : parts.keySet()) {
            if (!exactly.contains(part)) {
                throw new BundleBroken("a bundle of this kind has no " + part.file());
            }
        }
    }

    private void take(ZipEntry entry) {
        Part part = Part.named(entry.getName())
                .orElseThrow(() -> new BundleBroken("a bundle has no part '" + entry.getName() + "'"));
        if (parts.put(part, entry) != null) {
            throw new BundleBroken("the bundle holds " + part.file() + " twice");
        }
    }

    private ZipEntry part(Part part) {
        return Optional.ofNullable(parts.get(part))
                .orElseThrow(() -> new BundleBroken("the bundle lacks " + part.file()));
    }

    /** The whole text of a part that fits into memory. */
    String text(Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = open(part)) {
            in.transferTo(bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BundleBroken(part.file() + " is no UTF-8 text");
        }
    }

    /** The bytes of a part; reading on beyond its limits throws {@link BundleBroken}. */
    InputStream open(Part part) throws IOException {
        ZipEntry entry = part(part);
        long most = Math.min(part.mostBytes(), FREE_BYTES + MOST_COMPRESSED * Math.max(0, entry.getCompressedSize()));
        try {
            return new Bounded(zip.getInputStream(entry), part, most);
        } catch (ZipException e) {
            throw new BundleBroken(part.file() + " cannot be unpacked: " + e.getMessage());
        }
    }

    List<Hash> leaves() throws IOException {
        String text = text(Part.LEAVES);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new BundleBroken(Part.LEAVES.file() + " ends within a line");
        }
        try {
            return text.lines().map(HexFormat.of()::parseHex).map(Hash::of).toList();
        } catch (IllegalArgumentException e) {
            throw new BundleBroken(Part.LEAVES.file() + ": " + e.getMessage());
        }
    }

    Head head() throws IOException {
        String text = text(Part.HEAD);
        return text.startsWith(ProjectedHead.WORD) ? ProjectedHead.parse(text) : SignedHead.parse(text);
    }

    PublicKey key() throws IOException {
        return KeyText.read(text(Part.KEY));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Stops a part that unpacks to more than it may. */
    private static final class Bounded extends FilterInputStream {
        private final Part part;
        private final long most;
        private long read;

        Bounded(InputStream in, Part part, long most) {
            super(in);
            this.part = part;
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                int got = super.read(buffer, offset, length);
                count(Math.max(0, got));
                return got;
            } catch (ZipException | EOFException e) {
                throw new BundleBroken(part.file() + " cannot be unpacked: " + e.getMessage());
            }
        }

        @Override
        public long skip(long bytes) throws IOException {
            return Math.max(0, read(new byte[(int) Math.min(bytes, 1 << 16)]));
        }

        private void count(long more) {
            read += more;
            if (read > most) {
                throw new BundleBroken(part.file() + " unpacks to more than " + most + " bytes");
            }
        }
    }
}
