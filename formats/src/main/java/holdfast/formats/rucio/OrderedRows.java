package holdfast.formats.rucio;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows that must come in the order of scope and name; the next one is looked at before it is taken. */
final class OrderedRows implements Closeable {
    private final DumpRows rows;
    private final boolean eachOnce;
    private @Nullable Row head;
    private @Nullable RucioDid did;

    /** @param eachOnce whether no name may come twice */
    OrderedRows(DumpRows rows, boolean eachOnce) {
        this.rows = rows;
        this.eachOnce = eachOnce;
        advance();
    }

    /** The name of the next row; null behind the last one. */
    @Nullable
    RucioDid did() {
        return did;
    }

    /** Takes the next row. */
    Row take() {
        Row taken = head;
        if (taken == null) {
            throw new IllegalStateException("behind the last row");
        }
        advance();
        return taken;
    }

    private void advance() {
        if (!rows.hasNext()) {
            head = null;
            did = null;
            return;
        }
        Row row = rows.next();
        RucioDid now = Reading.did(row);
        int order = did == null ? -1 : did.compareTo(now);
        if (order > 0) {
            throw row.bad(
                    now + " stands behind " + did + ", which belongs after it: the lines must come in the order of"
                            + " the bytes of scope and name (order by scope collate \"C\", name collate \"C\")");
        }
        if (order == 0 && eachOnce) {
            throw row.bad(now + " stands here twice");
        }
        head = row;
        did = now;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
