package holdfast.formats.bundle;

import java.util.Arrays;
import java.util.Optional;

/** The parts of a bundle: these and no others (decision 0010). */
enum Part {
    README("README.txt", 1 << 20),
    PLAN("plan.yaml", 16 << 20),
    SITES("sites.yaml", 16 << 20),
    POLICY("policy.yaml", 16 << 20),
    ENTRIES("entries.txt", Long.MAX_VALUE),
    LEAVES("leaves.txt", 4L << 30),
    HEAD("head.txt", 4096),
    KEY("key.pem", 4096),
    VERDICTS("verdicts.json", 1L << 30);

    private final String file;
    private final long mostBytes;

    Part(String file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
    }

    String file() {
        return file;
    }

    /** The largest size, in bytes, at which the part is still read. */
    long mostBytes() {
        return mostBytes;
    }

    static Optional<Part> named(String file) {
        return Arrays.stream(values()).filter(p -> p.file.equals(file)).findFirst();
    }
}
