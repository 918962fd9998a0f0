package holdfast.server.drivers.fts;

import holdfast.server.credentials.Bearer;
import holdfast.server.drivers.Causes;
import holdfast.server.drivers.http.Door;
import holdfast.storage.ThirdPartyCopy.Ended;
import holdfast.storage.ThirdPartyCopy.Fault;
import holdfast.storage.ThirdPartyCopy.Recall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Copies by way of an FTS3: what is asked for in the same moment goes out as one job, and all jobs are asked after in one request.
 * Each copy is answered by its own end. Where FTS3 does not answer, forgot a job or takes too long, nobody knows how a copy
 * ended, and the destination is to be looked at; a job that took too long is cancelled before.
 */
public final class Fts implements AutoCloseable {
    private static final int JOBS_IN_A_REQUEST = 50;
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final Door door;
    private final FtsRest rest;
    private final Settings settings;
    private final boolean showsToken;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Waiting> gathering = new ArrayList<>();
    private boolean closed;
    private @Nullable Thread running;

    /**
     * How an FTS3 is spoken to.
     *
     * @param poll how long between two questions after all jobs
     * @param patience how long a copy may take, its time in the queue included
     * @param silence how long FTS3 may fail to answer
     * @param filesInJob the most files of one job
     * @param archive for destinations on tape
     */
    public record Settings(
            URI endpoint,
            Duration poll,
            Duration patience,
            Duration silence,
            int filesInJob,
            Optional<FtsArchive> archive) {
        public static final Duration POLL = Duration.ofSeconds(5);
        public static final Duration PATIENCE = Duration.ofHours(1);
        public static final Duration SILENCE = Duration.ofMinutes(5);
        public static final int FILES_IN_JOB = 200;
    }

    private record Waiting(FtsCopy copy, CompletableFuture<FtsEnded> ended) {
        void end(Ended how) {
            ended.complete(FtsEnded.of(how));
        }
    }

    /**
     * A job that was taken.
     *
     * @param patience how long it may take
     */
    private record Job(JobId id, Map<URI, Waiting> open, Duration patience, long since) {}

    /** @param door leads to the endpoint; closed with this */
    public Fts(Door door, Settings settings, Bearer bearer) {
        this.door = door;
        this.settings = settings;
        rest = new FtsRest(door, settings, bearer);
        showsToken = bearer != Bearer.NONE;
    }

    /** Whether it recalls what is on tape: it does not for those who show a token. */
    public boolean recalls() {
        return !showsToken;
    }

    /** Has one copy made, and waits for its end. */
    public FtsEnded copy(FtsCopy copy) {
        Waiting waiting = new Waiting(copy, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                return FtsEnded.of(new Ended.Failure(Fault.TRANSIENT, "FTS: the server is being ended"));
            }
            gathering.add(waiting);
            more.signalAll();
            if (running == null) {
                running = Thread.ofVirtual().name("fts-jobs").start(this::run);
            }
        } finally {
            lock.unlock();
        }
        return waiting.ended.join();
    }

    private void run() {
        List<Job> jobs = new ArrayList<>();
        long heard = System.nanoTime();
        try {
            while (goOn(jobs)) {
                submitGathered(jobs);
                if (ask(jobs)) {
                    heard = System.nanoTime();
                }
                if (isOlder(heard, settings.silence)) {
                    giveUp(jobs, "FTS did not answer for %d s".formatted(settings.silence.toSeconds()));
                }
                endOverdue(jobs);
            }
        } finally {
            giveUp(jobs, "the server is being ended");
        }
    }

    /** Waits for the next question, or for what is asked for in this moment; ends when there is nothing to do. */
    private boolean goOn(List<Job> jobs) {
        lock.lock();
        try {
            if (gathering.isEmpty() && !jobs.isEmpty() && !closed) {
                more.await(settings.poll.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (gathering.isEmpty() && jobs.isEmpty() || closed) {
                running = null;
                gathering.forEach(w -> w.end(new Ended.Failure(Fault.TRANSIENT, "FTS: not submitted")));
                gathering.clear();
                return false;
            }
            gatherForAMoment();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = null;
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** What is asked for together comes within the moment, and goes out in one job. */
    private void gatherForAMoment() throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(100);
        while (!gathering.isEmpty() && gathering.size() < settings.filesInJob && left > 0 && !closed) {
            left = more.awaitNanos(left);
        }
    }

    private void submitGathered(List<Job> jobs) {
        List<Waiting> all;
        lock.lock();
        try {
            all = List.copyOf(gathering);
            gathering.clear();
        } finally {
            lock.unlock();
        }
        all.stream().filter(w -> w.copy.hasChoice()).forEach(w -> submit(List.of(w), jobs));
        all.stream()
                .filter(w -> !w.copy.hasChoice())
                .collect(Collectors.groupingBy(w -> w.copy.kind()))
                .values()
                .forEach(alike -> submitAll(alike, jobs));
    }

    private void submitAll(List<Waiting> alike, List<Job> jobs) {
        for (int i = 0; i < alike.size(); i += settings.filesInJob) {
            submit(alike.subList(i, Math.min(alike.size(), i + settings.filesInJob)), jobs);
        }
    }

    private void submit(List<Waiting> files, List<Job> jobs) {
        try {
            JobId id = rest.submit(files.stream().map(Waiting::copy).toList());
            Map<URI, Waiting> open = new HashMap<>();
            files.forEach(f -> open.put(f.copy.destination().address(), f));
            jobs.add(new Job(id, open, patience(files.getFirst().copy), System.nanoTime()));
        } catch (FtsRest.Refused e) {
            Fault fault = e.needsPeople() ? Fault.DESTINATION : Fault.TRANSIENT;
            files.forEach(f -> f.end(new Ended.Failure(fault, String.valueOf(e.getMessage()))));
        } catch (IOException e) {
            String why = "not known whether FTS took the job: " + Causes.of(e);
            files.forEach(f -> f.end(new Ended.Unknown(why)));
        }
    }

    /** Tape has a patience of its own, before the copy and after it. */
    private Duration patience(FtsCopy copy) {
        Duration before = copy.recall().map(Recall::within).orElse(Duration.ZERO);
        Duration after = settings.archive.map(FtsArchive::within).orElse(Duration.ZERO);
        return settings.patience.plus(before).plus(after);
    }

    /** Asks after all jobs; answers whether FTS3 did answer, or nothing was asked. */
    private boolean ask(List<Job> jobs) {
        boolean answered = true;
        for (int i = 0; i < jobs.size(); i += JOBS_IN_A_REQUEST) {
            List<Job> some = jobs.subList(i, Math.min(jobs.size(), i + JOBS_IN_A_REQUEST));
            try {
                Map<JobId, Map<URI, Tried>> now =
                        rest.status(some.stream().map(Job::id).toList());
                some.forEach(job -> end(job, now.get(job.id)));
            } catch (IOException e) {
                answered = false;
                System.getLogger(Fts.class.getName())
                        .log(System.Logger.Level.DEBUG, "asking after jobs failed: {0}", e.toString());
            }
        }
        jobs.removeIf(job -> job.open.isEmpty());
        return answered;
    }

    private static void end(Job job, @Nullable Map<URI, Tried> files) {
        if (files == null) {
            end(job, new Ended.Unknown("FTS does not know job %s any more".formatted(job.id)));
            return;
        }
        files.forEach((destination, tried) -> {
            Waiting waiting = job.open.get(destination);
            if (waiting != null) {
                tried.ended().ifPresent(how -> {
                    job.open.remove(destination);
                    waiting.ended.complete(how);
                });
            }
        });
    }

    private static void end(Job job, Ended how) {
        job.open.values().forEach(w -> w.end(how));
        job.open.clear();
    }

    private void endOverdue(List<Job> jobs) {
        for (Job job : jobs) {
            if (isOlder(job.since, job.patience)) {
                cancel(job);
                String why = "FTS did not end it within %d s; the job was cancelled";
                end(job, new Ended.Unknown(why.formatted(job.patience.toSeconds())));
            }
        }
        jobs.removeIf(job -> job.open.isEmpty());
    }

    private void cancel(Job job) {
        try {
            rest.cancel(job.id);
        } catch (IOException e) {
            System.getLogger(Fts.class.getName())
                    .log(System.Logger.Level.WARNING, "cancelling job {0} failed: {1}", job.id, e.toString());
        }
    }

    private void giveUp(List<Job> jobs, String why) {
        jobs.forEach(job -> {
            cancel(job);
            end(job, new Ended.Unknown(why));
        });
        jobs.clear();
    }

    private static boolean isOlder(long since, Duration age) {
        return System.nanoTime() - since > age.toNanos();
    }

    /** Cancels what is under way, so that nothing goes to names that nobody will know. */
    @Override
    public void close() {
        Thread last;
        lock.lock();
        try {
            closed = true;
            last = running;
            more.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (last != null) {
                last.join(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        door.close();
    }
}
