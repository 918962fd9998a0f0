package holdfast.cli.adopt;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lines of an answer as they come. */
final class AnswerLines implements Iterator<String>, Closeable {
    private final String call;
    private final BufferedReader reader;
    private @Nullable String next;

    AnswerLines(String call, BufferedReader reader) {
        this.call = call;
        this.reader = reader;
        next = read();
    }

    String call() {
        return call;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String next() {
        String line = next;
        if (line == null) {
            throw new NoSuchElementException();
        }
        next = read();
        return line;
    }

    private @Nullable String read() {
        try {
            String line = reader.readLine();
            while (line != null && line.isBlank()) {
                line = reader.readLine();
            }
            return line;
        } catch (IOException broken) {
            throw RucioWire.brokenOff(call, broken);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
