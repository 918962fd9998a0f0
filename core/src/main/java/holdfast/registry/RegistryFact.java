package holdfast.registry;

import holdfast.journal.BadEntry;
import holdfast.journal.Fact;
import holdfast.journal.Line;
import java.util.List;
import java.util.Optional;

/** This room's own facts. */
public sealed interface RegistryFact extends Fact {

    /** Documents took these texts, or are there no more. */
    record DocumentsChanged(List<Change> changes) implements RegistryFact {
        public static final String KIND = "registry.documents-changed";

        public DocumentsChanged {
            changes = List.copyOf(changes);
        }

        /**
         * What became of one document.
         *
         * @param text empty when it was taken away
         */
        public record Change(Document.Name name, Optional<String> text) {}

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public List<Line> lines() {
            return changes.stream()
                    .map(c -> new Line.Writer()
                            .put("document")
                            .put(c.name.kind())
                            .put(c.name.key())
                            .put(c.text)
                            .line())
                    .toList();
        }

        public static DocumentsChanged read(List<Line> lines) {
            return new DocumentsChanged(
                    lines.stream().map(DocumentsChanged::change).toList());
        }

        private static Change change(Line text) {
            Line.Reader line = new Line.Reader(text);
            if (!line.text().equals("document")) {
                throw new BadEntry("a line of documents does not begin with 'document': " + text.text());
            }
            return new Change(new Document.Name(line.text(), line.text()), line.maybe());
        }
    }
}
