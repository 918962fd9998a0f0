package holdfast.server.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The child as its parent sees it: started, listened to, killed with SIGKILL where it stands still. */
final class Child {
    /** What was heard of a child. */
    static final class Heard {
        final List<String> entries = new ArrayList<>();
        final List<String> written = new ArrayList<>();
        final List<String> registered = new ArrayList<>();
        final Map<String, Integer> passed = new HashMap<>();
        final List<String> rest = new ArrayList<>();
        boolean killed;
        boolean done;

        int acknowledged() {
            return entries.size() + written.size() + registered.size();
        }

        synchronized void take(String line) {
            if (line.startsWith(Says.ENTRY)) {
                entries.add(line.substring(Says.ENTRY.length()));
            } else if (line.startsWith(Says.WRITTEN)) {
                written.add(line.substring(Says.WRITTEN.length()));
            } else if (line.startsWith(Says.REGISTERED)) {
                registered.add(line.substring(Says.REGISTERED.length()));
            } else if (line.startsWith(Says.PASSED)) {
                String[] parts = line.substring(Says.PASSED.length()).split(" ", 2);
                passed.put(parts[1], Integer.parseInt(parts[0]));
            } else if (line.equals(Says.DONE)) {
                done = true;
            } else {
                rest.add(line);
            }
        }
    }

    private Child() {}

    /** Runs a child until it stands at the point, and kills it there; or to its end where it never comes to it. */
    static Heard run(Archive archive, Path folder, String databaseUrl, Failpoints.Chosen point)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(archive, folder, databaseUrl, point))
                .redirectErrorStream(true)
                .start();
        Heard heard = new Heard();
        try (BufferedReader words = process.inputReader()) {
            for (String line = words.readLine(); line != null; line = words.readLine()) {
                if (line.startsWith(Says.AT)) {
                    heard.killed = true;
                    // By its handle: the process itself would close the pipe, and with it what was said before.
                    process.toHandle().destroyForcibly();
                } else {
                    heard.take(line);
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return heard;
    }

    private static List<String> command(Archive archive, Path folder, String databaseUrl, Failpoints.Chosen point) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(archive.options());
        command.addAll(List.of(CrashChild.class.getName(), folder.toString(), databaseUrl, point.toString()));
        return command;
    }
}
