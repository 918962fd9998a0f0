package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioAnswers;
import holdfast.formats.rucio.RucioDid;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one type in some scopes, as a Rucio server's search lists them: in no order, one stream for each scope. */
final class Searched implements Iterator<RucioDid> {
    private static final String ALL = "?filters=" + RucioWire.escaped("[{'name': '*'}]") + "&type=";

    private final RucioWire wire;
    private final Iterator<String> scopes;
    private final String type;
    private String scope = "";
    private @Nullable AnswerLines lines;

    /** @param type {@code file}, {@code dataset} or {@code collection} */
    Searched(RucioWire wire, Set<String> scopes, String type) {
        this.wire = wire;
        this.scopes = scopes.iterator();
        this.type = type;
    }

    @Override
    public boolean hasNext() {
        while (lines == null || !lines.hasNext()) {
            if (lines != null) {
                close(lines);
                lines = null;
            }
            if (!scopes.hasNext()) {
                return false;
            }
            scope = scopes.next();
            lines = wire.lines(RucioWire.path("dids", scope, "dids", "search") + ALL + type);
        }
        return true;
    }

    @Override
    public RucioDid next() {
        if (!hasNext() || lines == null) {
            throw new NoSuchElementException();
        }
        return new RucioDid(scope, RucioAnswers.text(lines.next(), lines.call()));
    }

    private static void close(AnswerLines ended) {
        try {
            ended.close();
        } catch (IOException broken) {
            throw RucioWire.brokenOff(ended.call(), broken);
        }
    }
}
