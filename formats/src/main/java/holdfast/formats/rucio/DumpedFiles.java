package holdfast.formats.rucio;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of a dump with their copies, in the order of their names: two ordered files read side by side. */
public final class DumpedFiles implements Iterator<RucioFile>, Closeable {
    private final OrderedRows dids;
    private final OrderedRows replicas;
    private final Wanted wanted;
    private @Nullable RucioFile next;

    /**
     * What of a dump is asked for.
     *
     * @param scopes which scopes
     * @param nameless is told of copies whose file does not stand in the dump
     */
    public record Wanted(Predicate<String> scopes, Consumer<RucioDid> nameless) {}

    private DumpedFiles(OrderedRows dids, OrderedRows replicas, Wanted wanted) {
        this.dids = dids;
        this.replicas = replicas;
        this.wanted = wanted;
        next = read();
    }

    /** Opens both; {@link BadSource}, with file, line and remedy, when a line is no row or stands out of order. */
    public static DumpedFiles open(RucioDump dump, Wanted wanted) throws IOException {
        return new DumpedFiles(
                new OrderedRows(dump.rows(DumpPart.DIDS), true),
                new OrderedRows(dump.rows(DumpPart.REPLICAS), false),
                wanted);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public RucioFile next() {
        RucioFile file = next;
        if (file == null) {
            throw new NoSuchElementException();
        }
        next = read();
        return file;
    }

    private @Nullable RucioFile read() {
        for (RucioDid did = dids.did(); did != null; did = dids.did()) {
            Row row = dids.take();
            if (wanted.scopes.test(did.scope()) && Reading.type(row).equals("FILE")) {
                return Reading.file(row).with(copies(did));
            }
        }
        passUpTo(null);
        return null;
    }

    private List<RucioCopy> copies(RucioDid of) {
        passUpTo(of);
        List<RucioCopy> copies = new ArrayList<>(2);
        while (of.equals(replicas.did())) {
            copies.add(Reading.copy(replicas.take()));
        }
        return copies;
    }

    /** Passes over the copies before a file; null for all that are left. */
    private void passUpTo(@Nullable RucioDid file) {
        for (RucioDid did = replicas.did(); did != null; did = replicas.did()) {
            if (file != null && did.compareTo(file) >= 0) {
                return;
            }
            replicas.take();
            if (wanted.scopes.test(did.scope())) {
                wanted.nameless.accept(did);
            }
        }
    }

    @Override
    public void close() throws IOException {
        dids.close();
        replicas.close();
    }
}
