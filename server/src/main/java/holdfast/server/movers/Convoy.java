package holdfast.server.movers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Copies between servers that are under way at once, a virtual thread each: it holds a connection open and waits. How many an element
 * takes at once is its driver's own affair.
 */
final class Convoy {
    private final List<Ship> ships = new ArrayList<>();

    private record Ship(int place, AtomicReference<Landed> landed, CountDownLatch arrived) {}

    void send(int place, Supplier<Landed> copy) {
        Ship ship = new Ship(place, new AtomicReference<>(new Landed.Unknown("not tried")), new CountDownLatch(1));
        ships.add(ship);
        Thread.ofVirtual().name("copy-between-servers").start(() -> {
            try {
                ship.landed.set(copy.get());
            } catch (RuntimeException e) {
                ship.landed.set(new Landed.Unknown(e.toString()));
            } finally {
                ship.arrived.countDown();
            }
        });
    }

    /** Waits for all, and puts each answer at its place. */
    void arrived(List<Landed> landed) {
        for (Ship ship : ships) {
            try {
                ship.arrived.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            landed.set(ship.place, ship.landed.get());
        }
    }
}
