package holdfast.cli.ingest;

import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.formats.Json;
import holdfast.vocabulary.Digest.Algorithm;
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
    private static final String PACK = "application/vnd.holdfast.pack";

    private final Server server;
    private final Order order;
    private final Tally tally;
    private final Semaphore room;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    /** What is to be done: whose files these are, whether anything is sent at all, and in what portions. */
    public record Order(String source, Optional<String> scope, boolean dryRun, Pace pace) {}

    /**
     * How files are sent.
     *
     * @param underWay packs that are sent at a time
     * @param files the most files of a pack
     * @param bytes the most bytes of a pack of several files
     */
    public record Pace(int underWay, int files, long bytes) {
        /** Many files: large packs, so that little is lost between them. */
        public static final Pace BULK = new Pace(2, 4_096, 64L << 20);

        /** A person's files: small packs, so that several are on their way although there are few. */
        public static Pace parallel(int underWay) {
            return new Pace(underWay, 64, 4L << 20);
        }
    }

    public Bringing(Server server, Order order, Tally tally) {
        this.server = server;
        this.order = order;
        this.tally = tally;
        this.room = new Semaphore(order.pace.underWay + 1);
    }

    private record Asked(String name, @Nullable String scope) {}

    private record Outcome(
            String name,
            String outcome,
            @Nullable String did,
            @Nullable Map<String, String> digests,
            @Nullable List<Found> findings) {

        /** What the server measured. */
        Optional<String> sha256() {
            return Optional.ofNullable(digests).map(d -> d.get(Algorithm.SHA256.label()));
        }
    }

    private record Outcomes(List<Outcome> results) {}

    /**
     * Brings all of them; what became of each is in the tally.
     *
     * @throws NoServer when the server went away; what it took is kept, and the rest comes with the next run
     */
    public void bring(List<Item> items) {
        try (ExecutorService workers = Executors.newFixedThreadPool(order.pace.underWay)) {
            Batch pack = new Batch(order.pace);
            Batch present = new Batch(order.pace);
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
            found.ifPresentOrElse(
                    f -> tally.refuse(entry.item().refused(f)),
                    () -> tally.already(
                            entry.item(), Optional.ofNullable(entry.known().did())));
        }
    }

    private void send(Batch batch) {
        Map<String, Found> unreadable = new java.util.concurrent.ConcurrentHashMap<>();
        Map<String, String> read = new java.util.concurrent.ConcurrentHashMap<>();
        PackStream.Sender sender = new PackStream.Sender(order.source, order.scope, new PackStream.Told() {
            @Override
            public void unreadable(Item item, Found found) {
                unreadable.put(item.name(), found);
            }

            @Override
            public void read(Item item, String sha256) {
                read.put(item.name(), sha256);
            }

            @Override
            public void bytes(long more) {
                tally.read(more);
            }
        });
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
        String words = said;
        for (Batch.Entry entry : batch.entries()) {
            String name = entry.item().name();
            @Nullable Found own = unreadable.get(name);
            if (own != null) {
                tally.refuse(entry.item().refused(own));
            } else {
                Optional<Outcome> outcome = Optional.ofNullable(outcomes.get(name));
                differs(outcome, Optional.ofNullable(read.get(name)))
                        .ifPresentOrElse(
                                f -> tally.refuse(entry.item().refused(f)), () -> became(entry.item(), outcome, words));
            }
        }
    }

    /** The server's word against ours: what it measured must be what was read here. */
    private static Optional<Found> differs(Optional<Outcome> outcome, Optional<String> read) {
        return outcome.flatMap(Outcome::sha256)
                .filter(measured -> read.isPresent() && !measured.equals(read.get()))
                .map(measured -> new Found(
                        "DIGEST_MISMATCH",
                        "its sha256 is %s here and the server measured %s; look at the line between"
                                .formatted(read.orElseThrow(), measured)));
    }

    private void became(Item item, Optional<Outcome> outcome, String said) {
        switch (outcome.map(Outcome::outcome).orElse("")) {
            case "REGISTERED" -> tally.registered(item, did(outcome));
            case "ALREADY" -> tally.already(item, did(outcome));
            case "RETURNED" -> tally.returned(item, did(outcome));
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

    private static Optional<String> did(Optional<Outcome> outcome) {
        return outcome.map(Outcome::did);
    }

    /** Files of a kind that are handed on together. */
    private static final class Batch {
        private final Pace pace;
        private final List<Entry> entries = new ArrayList<>();
        private long bytes;

        record Entry(Item item, Known known) {}

        Batch(Pace pace) {
            this.pace = pace;
        }

        boolean isFull(Item next) {
            return entries.size() >= pace.files
                    || (!entries.isEmpty() && bytes + next.file().size() > pace.bytes);
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
            Batch taken = new Batch(pace);
            taken.entries.addAll(entries);
            taken.bytes = bytes;
            entries.clear();
            bytes = 0;
            return taken;
        }
    }
}
