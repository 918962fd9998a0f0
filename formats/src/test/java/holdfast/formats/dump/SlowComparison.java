package holdfast.formats.dump;

import holdfast.fixity.Discrepancy;
import holdfast.fixity.ListedBytes;
import holdfast.fixity.RecordedCopy;
import holdfast.vocabulary.Digest.Algorithm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The same question answered with maps in memory and the rule of the server's listing round, as a second opinion. */
final class SlowComparison {
    private static final Pattern OLD = Pattern.compile("^\\.rewritten-([0-9]+)/");

    private final Map<String, RecordedCopy> rows = new HashMap<>();
    private final Map<String, Integer> writings = new HashMap<>();
    private final Map<String, ListedBytes> bytes = new HashMap<>();
    private final Instant listedAt;

    SlowComparison(List<RecordedCopy> recorded, List<ListedBytes> listed, Instant listedAt) {
        this.listedAt = listedAt;
        for (RecordedCopy row : recorded) {
            rows.put(row.path().path(), row);
            writings.merge(rule(row.path().path()), writing(row.path().path()), Math::max);
        }
        listed.forEach(b -> bytes.put(b.path().path(), b));
    }

    List<String> findings() {
        Stream<Discrepancy> ofRows = rows.values().stream().flatMap(this::ofRow);
        Stream<Discrepancy> dark = bytes.values().stream().filter(this::isDark).map(Discrepancy.Dark::new);
        return Stream.concat(ofRows, dark)
                .sorted(Comparator.<Discrepancy, String>comparing(
                                d -> hex(rule(d.path().path())))
                        .thenComparing(d -> writing(d.path().path())))
                .map(Findings::line)
                .toList();
    }

    private Stream<Discrepancy> ofRow(RecordedCopy row) {
        ListedBytes there = bytes.get(row.path().path());
        boolean expects = "ARRIVED PROVED SUSPECT CLAIMED".contains(row.state().name());
        if (!expects || (there == null && !row.writtenAt().isBefore(listedAt))) {
            return Stream.empty();
        }
        if (there == null) {
            return Stream.of(new Discrepancy.Missing(row));
        }
        return row.size().equals(there.size()) && !differs(row, there)
                ? Stream.empty()
                : Stream.of(new Discrepancy.Different(row, there));
    }

    private static boolean differs(RecordedCopy row, ListedBytes there) {
        return Stream.of(Algorithm.values())
                .anyMatch(a -> row.digests().by(a).isPresent()
                        && there.digests().by(a).isPresent()
                        && !row.digests().by(a).equals(there.digests().by(a)));
    }

    private boolean isDark(ListedBytes there) {
        String path = there.path().path();
        return !rows.containsKey(path)
                && !path.startsWith(".canary/")
                && !path.startsWith(".journal/")
                && writings.getOrDefault(rule(path), 0) <= writing(path);
    }

    private static String rule(String path) {
        return OLD.matcher(path).replaceFirst("");
    }

    private static int writing(String path) {
        Matcher old = OLD.matcher(path);
        return old.find() ? Integer.parseInt(old.group(1)) : 0;
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
