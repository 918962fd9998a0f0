package holdfast.server.config;

import holdfast.alarm.NotifySettings;
import holdfast.formats.NotifyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who is told of alarms, by the file that the options name. */
final class Telling {
    private Telling() {}

    /**
     * The settings; those that tell nobody where no file is named.
     *
     * @throws holdfast.formats.Result.BadFile when the file is not what it should be
     */
    static NotifySettings of(Options options) throws IOException {
        if (options.telling().isEmpty()) {
            return NotifySettings.NOBODY;
        }
        Path file = options.telling().get();
        if (!Files.isRegularFile(file)) {
            throw new Options.BadOption("--notify " + file + " is no file; see docs/reference/notify-file.md");
        }
        return NotifyFile.read(Files.readString(file), file.toString()).orThrow();
    }

    /** Where secret files are that have no absolute path: beside the file that names them. */
    static Path folder(Options options) {
        return options.telling().map(f -> f.toAbsolutePath().getParent()).orElse(options.data());
    }

    /** What tells this node's data folder from that of others. */
    static String node(Options options) {
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + options.data();
        } catch (UnknownHostException nameless) {
            return "this node:" + options.data();
        }
    }
}
