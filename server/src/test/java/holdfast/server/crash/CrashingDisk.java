package holdfast.server.crash;

import holdfast.server.drivers.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk with a failpoint before and after each of its calls. */
final class CrashingDisk extends Disk {
    private final Failpoints points;

    CrashingDisk(Failpoints points) {
        this.points = points;
    }

    @Override
    public FileChannel create(Path file) throws IOException {
        return points.<FileChannel, IOException>around("Disk.create(Path)", () -> super.create(file));
    }

    @Override
    public FileChannel createSecret(Path file) throws IOException {
        return points.<FileChannel, IOException>around("Disk.createSecret(Path)", () -> super.createSecret(file));
    }

    @Override
    public FileChannel append(Path file) throws IOException {
        return points.<FileChannel, IOException>around("Disk.append(Path)", () -> super.append(file));
    }

    @Override
    public int write(FileChannel file, ByteBuffer bytes) throws IOException {
        return points.<Integer, IOException>around(
                "Disk.write(FileChannel,ByteBuffer)", () -> super.write(file, bytes));
    }

    @Override
    public void cut(FileChannel file, long length) throws IOException {
        points.<IOException>act("Disk.cut(FileChannel,long)", () -> super.cut(file, length));
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        points.<IOException>act("Disk.sync(FileChannel)", () -> super.sync(file));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        points.<IOException>act("Disk.link(Path,Path)", () -> super.link(file, name));
    }

    @Override
    public void replace(Path file, Path name) throws IOException {
        points.<IOException>act("Disk.replace(Path,Path)", () -> super.replace(file, name));
    }

    @Override
    public void makeFolder(Path folder) throws IOException {
        points.<IOException>act("Disk.makeFolder(Path)", () -> super.makeFolder(folder));
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        points.<IOException>act("Disk.syncFolder(Path)", () -> super.syncFolder(folder));
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return points.<InputStream, IOException>around("Disk.read(Path)", () -> super.read(file));
    }

    @Override
    public InputStream readPastCaches(Path file) throws IOException {
        return points.<InputStream, IOException>around("Disk.readPastCaches(Path)", () -> super.readPastCaches(file));
    }

    @Override
    public void delete(Path file) throws IOException {
        points.<IOException>act("Disk.delete(Path)", () -> super.delete(file));
    }
}
