package holdfast.server.grid;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The way to a server on this machine, which a test may cut: a port on loopback whose connections are handed on. */
public final class Relay implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;
    /** How many more bytes may go to the server before the way is cut. */
    private volatile long toServer = NEVER;

    /** Whether who comes after the next cut is let through again. */
    private volatile boolean mendsItself;

    private final AtomicLong sent = new AtomicLong();
    /** How many more bytes may come from it. */
    private volatile long fromServer = NEVER;

    public Relay(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Ends every connection; new ones end at once. */
    public void cut() {
        isCut = true;
        endAll();
    }

    /** Lets connections through again. */
    public void mend() {
        toServer = NEVER;
        fromServer = NEVER;
        isCut = false;
    }

    /** Cuts as soon as so many more bytes went to the server. */
    public void cutAfterSending(long bytes) {
        toServer = bytes;
    }

    /** Ends all connections as soon as so many more bytes went to the server; new ones are let through. */
    public void breakAfterSending(long bytes) {
        mendsItself = true;
        toServer = bytes;
    }

    /** Ends all connections with the next bytes that come from the server, which are lost; new ones are let through. */
    public void breakWithTheNextAnswer() {
        mendsItself = true;
        fromServer = 0;
    }

    /** All bytes that went to the server. */
    public long sent() {
        return sent.get();
    }

    /** Cuts as soon as so many more bytes came from the server; with none, its next answer is lost. */
    public void cutAfterReceiving(long bytes) {
        fromServer = bytes;
    }

    @Override
    public void close() {
        cut();
        end(door);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                if (isCut) {
                    end(near);
                } else {
                    connect(near);
                }
            } catch (IOException e) {
                // The door was closed, or the server is down: whoever came is sent away.
                continue;
            }
        }
    }

    private void connect(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            end(near);
            throw e;
        }
        // Else a short piece may wait 40 ms for the other side to say that it had the one before.
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> carry(near, far, true));
        Thread.ofVirtual().start(() -> carry(far, near, false));
    }

    private void carry(Socket from, Socket to, boolean upward) {
        byte[] piece = new byte[16 * 1024];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int read = in.read(piece);
            while (read >= 0) {
                int allowed = allowed(read, upward);
                out.write(piece, 0, allowed);
                if (upward) {
                    sent.addAndGet(allowed);
                }
                if (allowed < read) {
                    end();
                    return;
                }
                read = in.read(piece);
            }
        } catch (IOException e) {
            // Either side ended it.
            return;
        } finally {
            end(from);
            end(to);
        }
    }

    private void end() {
        if (mendsItself) {
            mendsItself = false;
            toServer = NEVER;
            fromServer = NEVER;
            endAll();
        } else {
            cut();
        }
    }

    private synchronized int allowed(int read, boolean upward) {
        long left = upward ? toServer : fromServer;
        int allowed = (int) Math.min(left, read);
        if (left != NEVER) {
            if (upward) {
                toServer = left - allowed;
            } else {
                fromServer = left - allowed;
            }
        }
        return allowed;
    }

    private void endAll() {
        open.forEach(this::end);
    }

    private void end(AutoCloseable one) {
        open.remove(one);
        try {
            one.close();
        } catch (Exception e) {
            // It is ended either way.
            return;
        }
    }
}
