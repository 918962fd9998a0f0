package holdfast.server.drivers.s3;

import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Writes several files. Small ones are read in the caller's thread and go out side by side; large ones, and a path that
 * is asked for twice, one after the other.
 */
final class Batch {
    private static final int AT_ONCE = 16;

    private final Function<NewBytes, Written> write;

    Batch(Function<NewBytes, Written> write) {
        this.write = write;
    }

    List<Written> write(List<NewBytes> requests) {
        Written[] answers = new Written[requests.size()];
        Set<Object> begun = new HashSet<>();
        Semaphore places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < answers.length; i++) {
                NewBytes request = requests.get(i);
                if (request.size().bytes() > SingleUpload.SMALL || !begun.add(request.path())) {
                    continue;
                }
                int number = i;
                NewBytes held = held(request);
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        answers[number] = write.apply(held);
                    } finally {
                        places.release();
                    }
                });
            }
        }
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                answers[i] = write.apply(requests.get(i));
            }
        }
        return Arrays.asList(answers);
    }

    /** The same request over bytes in memory; what is wrong with its stream is wrong with these as well. */
    private static NewBytes held(NewBytes request) {
        InputStream bytes;
        try {
            bytes = new ByteArrayInputStream(
                    request.bytes().readNBytes((int) request.size().bytes() + 1));
        } catch (IOException e) {
            bytes = new Broken(e);
        }
        return new NewBytes(request.path(), request.size(), bytes);
    }

    /** A stream that failed. */
    private static final class Broken extends InputStream {
        private final IOException why;

        private Broken(IOException why) {
            this.why = why;
        }

        @Override
        public int read() throws IOException {
            throw why;
        }
    }
}
