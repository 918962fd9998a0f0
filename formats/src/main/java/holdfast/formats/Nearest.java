package holdfast.formats;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant. */
final class Nearest {
    private static final int SHOWN = 12;

    private Nearest() {}

    /** {@code did you mean 'x'?}, or the words that are known. */
    static String hint(String word, Collection<String> known) {
        if (known.isEmpty()) {
            return "none is defined";
        }
        return nearest(word, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "known: " + listed(known));
    }

    private static Optional<String> nearest(String word, Collection<String> known) {
        String folded = fold(word);
        return known.stream()
                .filter(k -> distance(folded, fold(k)) <= Math.max(1, Math.min(folded.length(), k.length()) / 3))
                .min(Comparator.comparingInt((String k) -> distance(folded, fold(k)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String listed(Collection<String> known) {
        List<String> first = known.stream().limit(SHOWN).toList();
        String all = String.join(", ", first);
        return known.size() > SHOWN ? all + " and " + (known.size() - SHOWN) + " more" : all;
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    /** How many letters must be put in, taken out, changed or swapped with their neighbour. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, d);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] d) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
