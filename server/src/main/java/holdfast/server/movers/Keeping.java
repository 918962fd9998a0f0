package holdfast.server.movers;

import holdfast.server.sql.DemandTable.Leased;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Renews the leases of demands while they are carried, so that a lease may be short: what a dead mover held is taken up
 * within a minute, and a live one keeps a file for as long as its bytes take.
 */
final class Keeping implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);

    Keeping(Mover.Desk desk, List<Leased> leased) {
        Duration lasts = desk.lease();
        Thread.ofVirtual().name("demand-leases").start(() -> {
            try {
                while (!done.await(lasts.dividedBy(3).toMillis(), TimeUnit.MILLISECONDS)) {
                    renew(desk, leased, lasts);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void renew(Mover.Desk desk, List<Leased> leased, Duration lasts) {
        try {
            desk.database().write(connection -> {
                desk.demands().renew(connection, leased, desk.clock().now().plus(lasts));
                return true;
            });
        } catch (RuntimeException e) {
            // The database does not answer; what is carried is recorded later, or refused as late.
            System.getLogger(Keeping.class.getName())
                    .log(System.Logger.Level.DEBUG, "renewing leases of demands failed: {0}", e.toString());
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
