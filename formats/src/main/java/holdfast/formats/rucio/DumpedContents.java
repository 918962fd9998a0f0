package holdfast.formats.rucio;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a dump's collections hold: lines of one collection that stand together come together, up to a limit. */
public final class DumpedContents implements Iterator<RucioContents> {
    private final DumpRows rows;
    private final Predicate<String> scopes;
    private final int most;
    private @Nullable Row head;

    /**
     * @param scopes whose collections are wanted
     * @param most how many children may come at once
     */
    public DumpedContents(DumpRows rows, Predicate<String> scopes, int most) {
        this.rows = rows;
        this.scopes = scopes;
        this.most = most;
        head = read();
    }

    @Override
    public boolean hasNext() {
        return head != null;
    }

    @Override
    public RucioContents next() {
        Row first = head;
        if (first == null) {
            throw new NoSuchElementException();
        }
        RucioDid parent = Reading.did(first);
        List<RucioDid> children = new ArrayList<>();
        for (Row row = first;
                row != null && children.size() < most && Reading.did(row).equals(parent);
                row = head) {
            children.add(new RucioDid(row.text("child_scope"), row.text("child_name")));
            head = read();
        }
        return new RucioContents(parent.scope(), parent.name(), children);
    }

    private @Nullable Row read() {
        while (rows.hasNext()) {
            Row row = rows.next();
            if (scopes.test(row.text("scope"))) {
                return row;
            }
        }
        return null;
    }
}
