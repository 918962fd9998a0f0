package holdfast.cli.fetch;

import holdfast.cli.bytes.RunningDigest;
import holdfast.cli.fetch.Fetched.Outcome;
import holdfast.cli.fetch.Fetched.Tried;
import holdfast.cli.wire.ByteAnswer;
import holdfast.cli.wire.NoServer;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.cli.wire.ServerSaysNo;
import holdfast.formats.Json;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Brings one file: from the best source, from the next one where that fails or gives other bytes, and on from where an
 * earlier run stopped. Nothing has the file's name before its digest was found right.
 */
final class Fetching {
    private static final int BUFFER = 256 << 10;
    private static final String ON_TAPE = "ON_TAPE";
    private static final int ROUNDS = 5;

    private final Server server;
    private final Elements elements;
    private final FetchOrder order;
    private final LongConsumer told;

    /** @param told of bytes as they come */
    Fetching(Server server, Elements elements, FetchOrder order, LongConsumer told) {
        this.server = server;
        this.elements = elements;
        this.order = order;
        this.told = told;
    }

    /** What is known while one file is brought. */
    private record Job(Wanted wanted, Described file, Algorithm algorithm, List<Tried> tried) {
        String right() {
            return file.digests().getOrDefault(algorithm.label(), "").toLowerCase(Locale.ROOT);
        }

        void failed(Way way, String problem) {
            tried.add(new Tried(way.storage(), way.said(), problem));
        }
    }

    Fetched fetch(Wanted wanted) {
        try {
            DataId id = wanted.id();
            Described file = described(id);
            Optional<Algorithm> strongest = RunningDigest.strongest(file.digests());
            if (strongest.isEmpty()) {
                return Fetched.refused(
                        wanted, "no digest of it is registered, so that nothing could be compared; nothing is written");
            }
            return fetch(new Job(wanted, file, strongest.get(), new ArrayList<>()));
        } catch (ServerSaysNo no) {
            String hint = no.status() == 404 ? "; for the files of a dataset: --dataset " + wanted.id() : "";
            return Fetched.refused(wanted, no.getMessage() + hint);
        } catch (IOException e) {
            return Fetched.bad(wanted, Outcome.FAILED, "%s: %s".formatted(wanted.target(), words(e)), List.of());
        }
    }

    /** Asked again where the line breaks: the question changes nothing. */
    private Described described(DataId id) {
        Route route = Route.file(id.scope().name(), id.name(), "sources");
        for (int i = 1; ; i++) {
            try {
                return Json.read(server.get(route), Described.class);
            } catch (NoServer.BrokenOff broken) {
                if (i == ROUNDS) {
                    throw broken;
                }
            }
        }
    }

    private Fetched fetch(Job job) throws IOException {
        Wanted wanted = job.wanted;
        if (Files.exists(wanted.target(), LinkOption.NOFOLLOW_LINKS)) {
            if (isRight(job)) {
                return Fetched.already(wanted, job.file.size(), job.algorithm.label());
            }
            if (!order.overwrite() || !Files.isRegularFile(wanted.target(), LinkOption.NOFOLLOW_LINKS)) {
                return Fetched.refused(wanted, "something else stands there; replace a file with --overwrite");
            }
        }
        try (Part part = Part.open(wanted.target(), job.file.identity(), job.algorithm)) {
            return fill(job, part);
        } catch (Part.Unusable taken) {
            return Fetched.refused(wanted, words(taken));
        } catch (FileAlreadyExistsException taken) {
            return Fetched.refused(wanted, "something came to stand there meanwhile; replace a file with --overwrite");
        }
    }

    private boolean isRight(Job job) throws IOException {
        if (!Files.isRegularFile(job.wanted.target(), LinkOption.NOFOLLOW_LINKS)
                || Files.size(job.wanted.target()) != job.file.size()) {
            return false;
        }
        RunningDigest digest = RunningDigest.of(job.algorithm);
        try (FileChannel in = FileChannel.open(job.wanted.target(), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer.clear())) {
                digest.update(buffer.flip());
                told.accept(read);
            }
        }
        return digest.hex().equals(job.right());
    }

    /** What is left to try for one file, and what came of it so far. */
    private static final class Trying {
        private final List<Way> ways;
        private long resumed;
        private boolean tape;

        Trying(List<Way> ways, long resumed) {
            this.ways = new ArrayList<>(ways);
            this.resumed = resumed;
        }
    }

    private Fetched fill(Job job, Part part) throws IOException {
        Trying trying = new Trying(Ways.of(job.file, order.choice()), part.size());
        told.accept(part.size());
        long before;
        int round = 0;
        // Where every source broke off and yet some bytes came, the same sources may bring the rest.
        do {
            before = part.size();
            Optional<Way> right = once(trying, job, part);
            if (right.isPresent()) {
                part.keep(order.overwrite());
                String source = right.get().storage();
                String via = right.get().said();
                Fetched.Came came = new Fetched.Came(Optional.of(source), via, trying.resumed, job.algorithm.label());
                return Fetched.good(job.wanted, job.file.size(), came, job.tried);
            }
            round++;
        } while (part.size() > before && round < ROUNDS);
        if (part.size() == 0) {
            part.discard();
        }
        Outcome outcome = trying.tape ? Outcome.ON_TAPE : Outcome.FAILED;
        return Fetched.bad(job.wanted, outcome, problem(job, trying.tape), job.tried);
    }

    /** Every way once; the one by which the file became whole and right. */
    private Optional<Way> once(Trying trying, Job job, Part part) throws IOException {
        for (Way way : List.copyOf(trying.ways)) {
            Came came = from(way, job, part);
            if (came == Came.WRONG_TOGETHER) {
                // Some of the bytes came from elsewhere: this source deserves to be tried alone.
                trying.resumed = 0;
                came = from(way, job, part);
            }
            switch (came) {
                case RIGHT -> {
                    return Optional.of(way);
                }
                case WRONG, WRONG_TOGETHER -> {
                    trying.resumed = 0;
                    trying.ways.remove(way);
                }
                case BROKEN -> {}
                case ON_TAPE -> trying.tape = true;
            }
        }
        return Optional.empty();
    }

    private String problem(Job job, boolean tape) {
        if (tape) {
            return "its copy is being brought from tape; run this again in a while, or wait for it with --wait";
        }
        return job.tried.isEmpty()
                ? order.choice()
                        .source()
                        .map(s -> "no copy of it can be read at " + s)
                        .orElse("no copy of it can be read now; see `holdfast explain " + job.wanted.id() + "`")
                : "no source gave the right bytes";
    }

    /** What came of one source. */
    private enum Came {
        RIGHT,
        /** Other bytes, all of them from this source. */
        WRONG,
        /** Other bytes, of which some came from elsewhere. */
        WRONG_TOGETHER,
        /** It broke off; what came stays. */
        BROKEN,
        ON_TAPE
    }

    private Came from(Way way, Job job, Part part) throws IOException {
        boolean whole = part.size() == 0;
        try {
            whole = append(way, job, part);
        } catch (ServerSaysNo no) {
            job.failed(way, String.valueOf(no.getMessage()));
            return no.code().equals(ON_TAPE) ? Came.ON_TAPE : Came.BROKEN;
        } catch (SourceFailed failed) {
            job.failed(way, words(failed));
            return Came.BROKEN;
        }
        String read = part.digest();
        if (read.equals(job.right())) {
            return Came.RIGHT;
        }
        part.restart();
        if (!whole) {
            return Came.WRONG_TOGETHER;
        }
        String said = "its %s is %s and %s is registered".formatted(job.algorithm.label(), read, job.right());
        job.failed(way, said + Doubt.say(server, job.file, way, said));
        return Came.WRONG;
    }

    /** A source broke off or is another file; the place to write to is sound. */
    private static final class SourceFailed extends IOException {
        private static final long serialVersionUID = 1;

        SourceFailed(IOException why) {
            super(words(why), why);
        }
    }

    /** @return whether all bytes of the file came from this source just now */
    private boolean append(Way way, Job job, Part part) throws IOException {
        long size = job.file.size();
        if (part.size() == size && size > 0) {
            return false;
        }
        try (ByteAnswer answer = open(way, job, part.size())) {
            OptionalLong said = answer.size();
            if (said.isPresent() && said.getAsLong() != size) {
                throw new IOException("it has %d bytes there and %d are registered".formatted(said.getAsLong(), size));
            }
            if (answer.from() != part.size()) {
                if (answer.from() != 0) {
                    throw new IOException("it gives other bytes than were asked for");
                }
                part.restart();
            }
            boolean whole = part.size() == 0;
            try (Patience bytes = new Patience(answer.content(), answer, order.stalled())) {
                part.append(bytes, size, told);
            }
            return whole;
        } catch (NoServer.BrokenOff broken) {
            throw new SourceFailed(new IOException("the line to the server broke", broken));
        } catch (IOException broken) {
            throw new SourceFailed(broken);
        }
    }

    private ByteAnswer open(Way way, Job job, long from) throws IOException {
        return switch (way) {
            case Way.Folder folder -> {
                FileChannel channel = FileChannel.open(folder.path(), StandardOpenOption.READ);
                long size = channel.size();
                channel.position(Math.min(from, size));
                yield new ByteAnswer(Channels.newInputStream(channel), from, OptionalLong.of(size), Optional.empty());
            }
            case Way.Web web -> {
                if (!elements.isInReach(web)) {
                    throw new IOException("this machine was not let in there before");
                }
                yield elements.open(web, from, job.file.size());
            }
            case Way.Served served -> served(served, job.wanted.id(), from);
        };
    }

    /** Through the server; what is on tape only is waited for as long as the person wants. */
    private ByteAnswer served(Way.Served way, DataId id, long from) {
        Route route = Route.file(id.scope().name(), id.name(), "bytes").with("source", way.storage());
        long until = System.nanoTime() + order.waitForTape().toNanos();
        while (true) {
            try {
                return server.bytes(route, from);
            } catch (ServerSaysNo no) {
                if (!no.code().equals(ON_TAPE) || System.nanoTime() - until > 0) {
                    throw no;
                }
                LockSupport.parkNanos(Math.min(order.waitForTape().toNanos(), 5_000_000_000L));
            }
        }
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
