package holdfast.server.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The drives of a library. A cartridge is in one drive at a time and stays there until the drive is needed for another.
 * A file {@code 0.broken} in the folder of drives takes drive 0 out of work; removing it brings the drive back.
 */
final class TapeDrives {
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Path folder;
    private final Duration mountTime;
    private final List<Drive> drives = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int mounts;

    TapeDrives(Path folder, TapeSettings.Library library) {
        this.folder = folder;
        this.mountTime = library.mount();
        for (int i = 0; i < library.drives(); i++) {
            drives.add(new Drive(i));
        }
    }

    /** What is done while a cartridge is in a drive. */
    interface Task<T> {
        T run() throws IOException;
    }

    /** No drive of the library works now. It says nothing of any cartridge. */
    static final class NoDrive extends IOException {
        private static final long serialVersionUID = 1;

        NoDrive() {
            super("no drive works");
        }
    }

    int working() {
        return (int) drives.stream().filter(this::works).count();
    }

    /** How often a cartridge was put into a drive since the start. */
    int mounts() {
        lock.lock();
        try {
            return mounts;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs a task with a cartridge in a drive, after waiting for both.
     *
     * @throws NoDrive when no drive works
     */
    <T> T with(int cartridge, Task<T> task) throws IOException {
        Drive drive = acquire(cartridge);
        try {
            if (drive.justMounted) {
                drive.justMounted = false;
                TapeTime.pass(mountTime);
            }
            return task.run();
        } finally {
            free(drive);
        }
    }

    private Drive acquire(int cartridge) throws IOException {
        lock.lock();
        try {
            Optional<Drive> found = choose(cartridge);
            while (found.isEmpty()) {
                changed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                found = choose(cartridge);
            }
            Drive drive = found.get();
            drive.busy = true;
            if (drive.cartridge != cartridge) {
                drive.cartridge = cartridge;
                drive.justMounted = true;
                mounts++;
            }
            return drive;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a drive", e);
        } finally {
            lock.unlock();
        }
    }

    private void free(Drive drive) {
        lock.lock();
        try {
            drive.busy = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The drive to use now; empty while the cartridge is at work in one, or all drives are. */
    private Optional<Drive> choose(int cartridge) throws NoDrive {
        List<Drive> working = drives.stream().filter(this::works).toList();
        if (working.isEmpty()) {
            throw new NoDrive();
        }
        for (Drive drive : drives) {
            if (drive.cartridge == cartridge && drive.busy) {
                return Optional.empty();
            }
            if (drive.cartridge == cartridge && working.contains(drive)) {
                return Optional.of(drive);
            }
            if (drive.cartridge == cartridge) {
                // Taken out of the broken drive by hand.
                drive.cartridge = Drive.EMPTY;
            }
        }
        return working.stream().filter(d -> !d.busy).min((a, b) -> Integer.compare(a.cartridge, b.cartridge));
    }

    private boolean works(Drive drive) {
        return !Files.exists(folder.resolve(drive.number + ".broken"));
    }

    private static final class Drive {
        static final int EMPTY = 0;

        private final int number;
        private int cartridge = EMPTY;
        private boolean busy;
        /** Used by the thread that made the drive busy alone. */
        private boolean justMounted;

        Drive(int number) {
            this.number = number;
        }
    }
}
