package holdfast.cli.adopt;

import holdfast.cli.adopt.Compared.Finding;
import holdfast.cli.adopt.ComparisonText.Sums;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.formats.Json;
import holdfast.formats.rucio.RucioFile;
import holdfast.vocabulary.CodePoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the files of one scope there and here: both listings are read once, side by side, in the order of names. */
public final class Comparing {
    private static final int KEPT = 20;

    private final Server server;
    private final Source source;
    private final Progress progress;
    private final List<Finding> first = new ArrayList<>();
    private long equal;
    private long onlyThere;
    private long onlyHere;
    private long different;
    private long copiesOnlyThere;
    private long copiesOnlyHere;

    public Comparing(Server server, Source source, Progress progress) {
        this.server = server;
        this.source = source;
        this.progress = progress;
    }

    /**
     * Compares.
     *
     * @param out where the canonical text goes
     */
    public Compared compare(String scope, OutputStream out) throws IOException {
        source.choose(Set.of(scope));
        Portions<RucioFile> there = source.bareFiles();
        String call = "GET " + Route.adoption("scopes", scope, "files").text();
        try (var _ = there.behind();
                AnswerLines here = new AnswerLines(call, reader(scope))) {
            progress.begin("files compared", there.total());
            Iterator<Listed> listed = new Each<>(here, line -> Json.read(line, Listed.class));
            return merge(scope, new Side(source.name(), new Flat(there.each())), new Side("here", listed), out);
        }
    }

    private BufferedReader reader(String scope) {
        return new BufferedReader(
                new InputStreamReader(server.stream(Route.adoption("scopes", scope, "files")), StandardCharsets.UTF_8));
    }

    private Compared merge(String scope, Side there, Side here, OutputStream out) throws IOException {
        ComparisonText text = new ComparisonText(out);
        text.head(scope);
        while (there.head() != null || here.head() != null) {
            Listed theirs = there.head();
            Listed ours = here.head();
            int order = theirs == null ? 1 : ours == null ? -1 : CodePoints.compare(theirs.name(), ours.name());
            found(order <= 0 ? theirs : null, order >= 0 ? ours : null, text);
            if (order <= 0) {
                there.advance();
                progress.done(1);
            }
            if (order >= 0) {
                here.advance();
            }
        }
        Sums sums = new Sums(
                equal, onlyThere, onlyHere, different, copiesOnlyThere, copiesOnlyHere, there.digest(), here.digest());
        String digest = text.end(sums);
        return new Compared(
                scope,
                equal,
                onlyThere,
                onlyHere,
                different,
                copiesOnlyThere,
                copiesOnlyHere,
                digest,
                List.copyOf(first));
    }

    private void found(@Nullable Listed there, @Nullable Listed here, ComparisonText text) throws IOException {
        if (there != null && here != null) {
            List<String> in = there.differing(here);
            if (in.isEmpty()) {
                equal++;
                return;
            }
            different++;
            copiesOnlyThere += there.copiesBeyond(here);
            copiesOnlyHere += here.copiesBeyond(there);
            tell(there.name(), String.join(" ", in), text, there, here);
        } else if (there != null) {
            onlyThere++;
            tell(there.name(), "only-there", text, there, here);
        } else if (here != null) {
            onlyHere++;
            tell(here.name(), "only-here", text, there, here);
        }
    }

    private void tell(String name, String what, ComparisonText text, @Nullable Listed there, @Nullable Listed here)
            throws IOException {
        if (first.size() < KEPT) {
            first.add(new Finding(name, what));
        }
        text.found(what, there, here);
    }

    /** Portions one after the other, file by file. */
    private static final class Flat implements Iterator<Listed> {
        private final Iterator<Portion<RucioFile>> portions;
        private Iterator<Listed> now = List.<Listed>of().iterator();

        Flat(Iterator<Portion<RucioFile>> portions) {
            this.portions = portions;
        }

        @Override
        public boolean hasNext() {
            while (!now.hasNext() && portions.hasNext()) {
                List<Listed> read = new ArrayList<>();
                portions.next().read(files -> files.forEach(f -> read.add(Listed.of(f))));
                now = read.iterator();
            }
            return now.hasNext();
        }

        @Override
        public Listed next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            return now.next();
        }
    }
}
