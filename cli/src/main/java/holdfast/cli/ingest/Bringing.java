package holdfast.cli.ingest;

import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.formats.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings files to a server. Names are asked about in batches; unknown files go in packs, two of them under way, so that
 * reading here, sending, and the server's work overlap; known files are read again and compared.
 */
public final class Bringing {
    private static final int ASKED_AT_ONCE = 1_000;
    private static final int UNDER_WAY = 2;
    private static final String PACK = "application/vnd.holdfast.pack";

    private final Server server;
    private final Order order;
    private final Tally tally;
    private final Semaphore room = new Semaphore(UNDER_WAY + 1);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** What is to be done: whose files these are, and whether anything is sent at all. */
    public record Order(String source, Optional<String> scope, boolean dryRun) {}

    public Bringing(Server server, Order order, Tally tally) {
        this.server = server;
        this.order = order;
        this.tally = tally;
    }

    private record Asked(String name, @Nullable String scope) {}

    private record Outcome(
            String name, String outcome, @Nullable List<Found> findings) {}

    private record Outcomes(List<Outcome> results) {}

    /**
     * Brings all of them; what became of each is in the tally.
     *
     * @throws NoServer when the server went away; what it took is kept, and the rest comes with the next run
     */
    public void bring(List<Item> items) {
        try (ExecutorService workers = Executors.newFixedThreadPool(UNDER_WAY)) {
            Batch pack = new Batch();
            Batch present = new Batch();
            for (int from = 0; from < items.size() && failure.get() == null; from += ASKED_AT_ONCE) {
                List<Item> batch = items.subList(from, Math.min(from + ASKED_AT_ONCE, items.size()));
                Known[] known = known(batch);
                for (int i = 0; i < batch.size(); i++) {
                    sort(batch.get(i), known[i], pack, present, workers);
                }
            }
            hand(workers, pack, this::send);
            hand(workers, present, this::compare);
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private Known[] known(List<Item> batch) {
        List<Asked> asked = batch.stream()
                .map(i -> new Asked(i.name(), order.scope.orElse(null)))
                .toList();
        Known[] known = Json.read(server.post(Route.of("ingest", "known"), asked), Known[].class);
        if (known.length != batch.size()) {
            throw new IllegalStateException(
                    "the server answered for %d names of %d; are its version and this one the same?"
                            .formatted(known.length, batch.size()));
        }
        return known;
    }

    private void sort(Item item, Known known, Batch pack, Batch present, ExecutorService workers) {
        switch (known.state()) {
            case "REFUSED" ->
                tally.refuse(new Refused(item.name(), item.file().path().toString(), known.found()));
            case "REGISTERED" -> {
                if (present.isFull(item)) {
                    hand(workers, present, this::compare);
                }
                present.add(item, known);
            }
            case "NEW", "WANTED" -> {
                if (order.dryRun) {
                    tally.toSend();
                    return;
                }
                if (pack.isFull(item)) {
                    hand(workers, pack, this::send);
                }
                pack.add(item, known);
            }
            default ->
                tally.refuse(item.refused(Found.notWritten("the server says '" + known.state()
                        + "' of it, which this version does not know; take the version of the server")));
        }
    }

    /** Hands a batch to a worker as soon as there is room, and empties it. */
    private void hand(ExecutorService workers, Batch batch, java.util.function.Consumer<Batch> work) {
        Batch taken = batch.take();
        if (taken.isEmpty() || failure.get() != null) {
            return;
        }
        room.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                work.accept(taken);
            } catch (RuntimeException bad) {
                failure.compareAndSet(null, bad);
            } finally {
                room.release();
            }
        });
    }

    private void compare(Batch batch) {
        Comparing comparing = new Comparing(tally);
        for (Batch.Entry entry : batch.entries()) {
            Optional<Found> found = comparing.differs(entry.item(), entry.known());
            found.ifPresentOrElse(f -> tally.refuse(entry.item().refused(f)), tally::already);
        }
    }

    private void send(Batch batch) {
        Map<String, Found> unreadable = new java.util.concurrent.ConcurrentHashMap<>();
        PackStream.Sender sender = new PackStream.Sender(
                order.source, order.scope, (item, found) -> unreadable.put(item.name(), found), tally::read);
        Map<String, Outcome> outcomes = new HashMap<>();
        String said = "";
        try {
            Iterable<byte[]> chunks = () -> new PackStream(
                    batch.entries().stream().map(Batch.Entry::item).iterator(), sender);
            String answer = server.postStream(Route.of("ingest", "pack"), PACK, chunks);
            Json.read(answer, Outcomes.class).results().forEach(o -> outcomes.put(o.name(), o));
        } catch (ServerSaysNo no) {
            said = ": " + no.getMessage();
        }
        for (Batch.Entry entry : batch.entries()) {
            String name = entry.item().name();
            @Nullable Found own = unreadable.get(name);
            if (own != null) {
                tally.refuse(entry.item().refused(own));
            } else {
                became(entry.item(), Optional.ofNullable(outcomes.get(name)), said);
            }
        }
    }

    private void became(Item item, Optional<Outcome> outcome, String said) {
        switch (outcome.map(Outcome::outcome).orElse("")) {
            case "REGISTERED" -> tally.registered();
            case "ALREADY" -> tally.already();
            case "RETURNED" -> tally.returned();
            case "REFUSED" -> {
                @Nullable List<Found> findings = outcome.orElseThrow().findings();
                tally.refuse(new Refused(
                        item.name(), item.file().path().toString(), findings == null ? List.of() : findings));
            }
            default ->
                tally.refuse(item.refused(
                        Found.notWritten("the server did not say what became of it" + said + "; run this again")));
        }
    }

    /** Files of a kind that are handed on together. */
    private static final class Batch {
        private static final int FILES = 4_096;
        private static final long BYTES = 64L << 20;

        private final List<Entry> entries = new ArrayList<>();
        private long bytes;

        record Entry(Item item, Known known) {}

        boolean isFull(Item next) {
            return entries.size() >= FILES
                    || (!entries.isEmpty() && bytes + next.file().size() > BYTES);
        }

        boolean isEmpty() {
            return entries.isEmpty();
        }

        void add(Item item, Known known) {
            entries.add(new Entry(item, known));
            bytes += item.file().size();
        }

        List<Entry> entries() {
            return entries;
        }

        Batch take() {
            Batch taken = new Batch();
            taken.entries.addAll(entries);
            taken.bytes = bytes;
            entries.clear();
            bytes = 0;
            return taken;
        }
    }
}
