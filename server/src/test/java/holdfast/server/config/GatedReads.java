package holdfast.server.config;

import holdfast.server.drivers.ElementDriver;
import holdfast.vocabulary.StorageName;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Stands between the house and its elements: knows from where each read begins, and can hold one up in its middle. */
final class GatedReads {
    private final List<Long> begun = new CopyOnWriteArrayList<>();
    private volatile long holdAfter = Long.MAX_VALUE;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    Ports ports() {
        Ports open = Ports.open();
        return new Ports(open.disk(), open.database(), open.clock(), this::gated, open.journal());
    }

    /** From now on every read stops after so many bytes until it is let through. */
    void holdAfter(long bytes) {
        gate = new CountDownLatch(1);
        holdAfter = bytes;
    }

    void letThrough() {
        holdAfter = Long.MAX_VALUE;
        gate.countDown();
    }

    /** The first byte of each read for somebody, and forgets them. */
    List<Long> begun() {
        List<Long> all = List.copyOf(begun);
        begun.clear();
        return all;
    }

    private ElementDriver gated(StorageName name, ElementDriver driver) {
        return (ElementDriver) Proxy.newProxyInstance(
                ElementDriver.class.getClassLoader(), new Class<?>[] {ElementDriver.class}, (_, method, asked) -> {
                    try {
                        Object answer = method.invoke(driver, asked);
                        if (!method.getName().equals("openFrom")) {
                            return answer;
                        }
                        begun.add((Long) asked[1]);
                        return new Gated((InputStream) answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Gated extends FilterInputStream {
        private long read;

        Gated(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (read >= holdAfter) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            int some = super.read(bytes, from, (int) Math.min(length, Math.max(1, holdAfter - read)));
            read += Math.max(some, 0);
            return some;
        }
    }
}
