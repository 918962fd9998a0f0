package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioCopy;
import holdfast.formats.rucio.RucioFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as one side of a comparison lists it.
 *
 * @param copies the elements where a copy stands, in order
 */
record Listed(
        String name,
        long bytes,
        @Nullable String adler32,
        @Nullable String md5,
        List<String> copies) {
    Listed {
        copies = copies.stream().sorted().distinct().toList();
    }

    /** A copy that is under way or going is none. */
    static Listed of(RucioFile file) {
        return new Listed(
                file.name(),
                file.bytes(),
                file.adler32(),
                file.md5(),
                file.copies().stream()
                        .filter(RucioCopy::stands)
                        .map(RucioCopy::rse)
                        .toList());
    }

    /** In what two listings of one file differ; a digest that only one side states is no difference. */
    List<String> differing(Listed other) {
        List<String> in = new ArrayList<>();
        if (bytes != other.bytes) {
            in.add("bytes");
        }
        if (adler32 != null && other.adler32 != null && !adler32.equals(other.adler32)) {
            in.add("adler32");
        }
        if (md5 != null && other.md5 != null && !md5.equals(other.md5)) {
            in.add("md5");
        }
        if (!copies.equals(other.copies)) {
            in.add("copies");
        }
        return in;
    }

    /** How many copies stand here and not in the other listing. */
    long copiesBeyond(Listed other) {
        return copies.stream().filter(c -> !other.copies.contains(c)).count();
    }
}
