package holdfast.formats;

import holdfast.ingest.StatedFile;
import holdfast.plan.Attributes;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads checksum lists as {@code sha256sum}, {@code md5sum} and {@code xrdadler32} write them: GNU lines (also with
 * {@code *} before the name, and with escaped names after a backslash) and BSD lines such as {@code SHA256 (f) = ...}.
 * Lists of several algorithms may stand in one file; what they state of one path is put together.
 */
public final class ChecksumManifest {
    private static final Pattern GNU = Pattern.compile("([0-9a-fA-F]+) [ *]?(.+)", Pattern.DOTALL);
    private static final Pattern BSD = Pattern.compile("([A-Za-z0-9-]+) \\((.+)\\) = ([0-9a-fA-F]+)", Pattern.DOTALL);
    private static final Map<String, Algorithm> BSD_NAMES = Map.of(
            "MD5",
            Algorithm.MD5,
            "SHA256",
            Algorithm.SHA256,
            "SHA2-256",
            Algorithm.SHA256,
            "ADLER32",
            Algorithm.ADLER32);
    private static final Map<Integer, Algorithm> BY_LENGTH =
            Map.of(8, Algorithm.ADLER32, 32, Algorithm.MD5, 64, Algorithm.SHA256);

    private final Map<String, Digests> stated = new LinkedHashMap<>();
    private final Set<String> contradicted = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    private ChecksumManifest() {}

    /** Reads the whole text of a list; bad lines become findings. */
    public static Manifest read(String text) {
        ChecksumManifest manifest = new ChecksumManifest();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            manifest.line(number, line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        List<StatedFile> files = manifest.stated.entrySet().stream()
                .filter(e -> !manifest.contradicted.contains(e.getKey()))
                .map(e -> new StatedFile(e.getKey(), Optional.empty(), Optional.empty(), e.getValue(), Attributes.NONE))
                .toList();
        return new Manifest(files, manifest.findings);
    }

    private void line(int number, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        boolean escaped = line.startsWith("\\");
        String plain = escaped ? line.substring(1) : line;
        Matcher bsd = BSD.matcher(plain);
        Matcher gnu = GNU.matcher(plain);
        if (bsd.matches()) {
            Optional<Algorithm> algorithm = Optional.ofNullable(BSD_NAMES.get(bsd.group(1)));
            entry(number, algorithm, bsd.group(1), bsd.group(3), escaped ? unescape(bsd.group(2)) : bsd.group(2));
        } else if (gnu.matches()) {
            String hex = gnu.group(1);
            Optional<Algorithm> algorithm = Optional.ofNullable(BY_LENGTH.get(hex.length()));
            String called = "a digest of " + hex.length() + " hex digits";
            entry(number, algorithm, called, hex, escaped ? unescape(gnu.group(2)) : gnu.group(2));
        } else {
            found(number, "this is no line of a checksum list", "write the digest, two blanks and the name");
        }
    }

    private void entry(int number, Optional<Algorithm> algorithm, String called, String hex, String path) {
        if (algorithm.isEmpty() || hex.length() != length(algorithm.get())) {
            found(number, called + " is of no known algorithm", "make the list with sha256sum or md5sum");
            return;
        }
        Digest digest = new Digest(algorithm.get(), hex);
        Digests before = stated.getOrDefault(path, Digests.NONE);
        boolean contradicts =
                before.by(algorithm.get()).map(d -> !d.equals(digest)).orElse(false);
        if (contradicts) {
            contradicted.add(path);
            found(number, "'" + path + "' stands here again with another digest", "find out which is right");
        }
        stated.put(path, before.with(digest));
    }

    private static int length(Algorithm algorithm) {
        return BY_LENGTH.entrySet().stream()
                .filter(e -> e.getValue() == algorithm)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Undoes what GNU writes for a name with a line break, a carriage return or a backslash. */
    private static String unescape(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' && i + 1 < name.length()) {
                char next = name.charAt(++i);
                plain.append(
                        switch (next) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> next;
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private void found(int line, String what, String hint) {
        findings.add(new Finding(line, 1, what, hint));
    }
}
