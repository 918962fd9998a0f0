package holdfast.server.drivers;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** A disk whose calls fail as a test says; root reads and writes everything, so faults must be made. */
final class FaultyDisk extends Disk {
    enum Call {
        CREATE,
        WRITE,
        SYNC,
        /** Fails before the link is made. */
        LINK,
        /** Makes the link and then says that it failed, as a network filesystem may. */
        LINK_ANSWER,
        SYNC_FOLDER,
        READ,
        DELETE
    }

    private final Map<Call, String> faults = new EnumMap<>(Call.class);

    void fail(Call call, String why) {
        faults.put(call, why);
    }

    void mend() {
        faults.clear();
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        check(Call.CREATE);
        return super.create(file);
    }

    @Override
    public int write(FileChannel file, ByteBuffer bytes) throws IOException {
        check(Call.WRITE);
        return super.write(file, bytes);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        check(Call.SYNC);
        super.sync(file);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        check(Call.LINK);
        super.link(file, name);
        check(Call.LINK_ANSWER);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        check(Call.SYNC_FOLDER);
        super.syncFolder(folder);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return new FilterInputStream(super.read(file)) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                check(Call.READ);
                return super.read(bytes, from, length);
            }
        };
    }

    @Override
    public void delete(Path file) throws IOException {
        check(Call.DELETE);
        super.delete(file);
    }

    private void check(Call call) throws IOException {
        String why = faults.get(call);
        if (why != null) {
            throw new IOException(why);
        }
    }
}
