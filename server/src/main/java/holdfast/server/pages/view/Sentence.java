package holdfast.server.pages.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A state sentence in pieces, computed from the verdicts and never typed. */
public record Sentence(Mood mood, List<Piece> pieces) {
    public Sentence {
        pieces = List.copyOf(pieces);
    }

    /** The colour of the bar at its left. */
    public enum Mood {
        BAD("state"),
        OPEN("state open"),
        GOOD("state good");

        private final String css;

        Mood(String css) {
            this.css = css;
        }

        public String css() {
            return css;
        }
    }

    /** Some words: plain, strong, or a link. */
    public record Piece(String words, boolean strong, Optional<String> link) {}

    /** The whole sentence without its marks. */
    public String text() {
        return pieces.stream().map(Piece::words).collect(Collectors.joining());
    }

    /** Puts a sentence together; each part is a sentence or a half one with its own spaces. */
    public static final class Writer {
        private final List<Piece> pieces = new ArrayList<>();

        public Writer say(String words) {
            return add(new Piece(words, false, Optional.empty()));
        }

        public Writer stress(String words) {
            return add(new Piece(words, true, Optional.empty()));
        }

        public Writer link(String words, String where) {
            return add(new Piece(words, false, Optional.of(where)));
        }

        public Sentence as(Mood mood) {
            return new Sentence(mood, pieces);
        }

        private Writer add(Piece piece) {
            pieces.add(piece);
            return this;
        }
    }
}
