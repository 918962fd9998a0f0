package holdfast.server.drivers;

import holdfast.storage.StorageDriver.Reach;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question to an element that may hang for ever, as a dead network filesystem does, asked with a limit. While one
 * hangs no second is started, so a dead element costs one thread. It is a thread of the platform on purpose: a hung
 * call would hold a carrier of virtual threads.
 */
public final class Probe {
    private final Supplier<Reach> question;
    private final Duration limit;
    private CompletableFuture<Reach> asked = CompletableFuture.completedFuture(new Reach.Silent("not asked yet"));

    public Probe(Supplier<Reach> question, Duration limit) {
        this.question = question;
        this.limit = limit;
    }

    /** The answer, or that none came within the limit. */
    public Reach ask() {
        try {
            return askOnce().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Reach.Silent("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new Reach.Silent(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reach.Silent("interrupted while asking");
        }
    }

    private synchronized CompletableFuture<Reach> askOnce() {
        if (asked.isDone()) {
            CompletableFuture<Reach> answer = new CompletableFuture<>();
            Thread.ofPlatform().daemon().name("element-probe").start(() -> answerInto(answer));
            asked = answer;
        }
        return asked;
    }

    private void answerInto(CompletableFuture<Reach> answer) {
        try {
            answer.complete(question.get());
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
    }
}
