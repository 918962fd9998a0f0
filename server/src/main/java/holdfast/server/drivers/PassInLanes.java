package holdfast.server.drivers;

import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Digests;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A pass in two lanes: the slowest digest asked for (md5 before sha256) runs in a thread of its own on copies of the
 * bytes, the others in the thread that feeds. A few copies go round, so memory stays at {@link #COPIES} buffers.
 */
final class PassInLanes implements DigestPass {
    private static final int COPIES = 4;

    private final PassInOneThread here;
    private final PassInOneThread beside;
    private final BlockingQueue<Piece> free = new ArrayBlockingQueue<>(COPIES);
    private final BlockingQueue<Piece> full = new ArrayBlockingQueue<>(COPIES + 1);
    private final Thread lane;

    PassInLanes(Set<Algorithm> algorithms) {
        Algorithm slowest = algorithms.contains(Algorithm.MD5) ? Algorithm.MD5 : Algorithm.SHA256;
        EnumSet<Algorithm> others = EnumSet.copyOf(algorithms);
        others.remove(slowest);
        here = new PassInOneThread(others);
        beside = new PassInOneThread(Set.of(slowest));
        for (int i = 0; i < COPIES; i++) {
            free.add(new Piece(new byte[BUFFER], 0));
        }
        // A platform thread: it computes without a pause and would hold a carrier of virtual threads.
        lane = Thread.ofPlatform().daemon().name("digest-lane").start(this::digestPieces);
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        for (int done = 0; done < length; done += BUFFER) {
            int part = Math.min(BUFFER, length - done);
            Piece piece = take(free);
            System.arraycopy(bytes, from + done, piece.bytes, 0, part);
            full.add(new Piece(piece.bytes, part));
            here.update(bytes, from + done, part);
        }
    }

    @Override
    public Measured measured() {
        full.add(Piece.END);
        try {
            lane.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        Measured measured = here.measured();
        Digests digests = measured.digests();
        Digests theirs = beside.measured().digests();
        for (Algorithm algorithm : Algorithm.values()) {
            digests = theirs.by(algorithm).map(digests::with).orElse(digests);
        }
        return new Measured(measured.size(), digests);
    }

    @Override
    public void close() {
        lane.interrupt();
    }

    private void digestPieces() {
        try {
            for (Piece piece = full.take(); piece != Piece.END; piece = full.take()) {
                beside.update(piece.bytes, 0, piece.length);
                free.add(piece);
            }
        } catch (InterruptedException e) {
            // The pass was closed before its end: nobody wants its digests.
            Thread.currentThread().interrupt();
        }
    }

    private static Piece take(BlockingQueue<Piece> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while digesting", cause);
    }

    /** A buffer on its way round, and how much of it is filled. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, int length) {
        static final Piece END = new Piece(new byte[0], 0);
    }
}
