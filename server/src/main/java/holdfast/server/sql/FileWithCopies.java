package holdfast.server.sql;

import holdfast.catalog.CopyState;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file as it is listed with its copies: plain texts, since they come by the million and go out as they are.
 *
 * @param adler32 in hex; empty where it is not known
 * @param copies recorded ones, those that a program says are on their way, and those that are ordered
 * @param parents the collections that hold it, itself or through others, where they were asked for
 * @param archives those that hold it, with their copies, where they were asked for
 */
public record FileWithCopies(
        String scope,
        String name,
        long bytes,
        Optional<String> adler32,
        Optional<String> md5,
        List<OneCopy> copies,
        List<String> parents,
        List<FileWithCopies> archives) {

    /** The same file with only some of its parents and archives. */
    public FileWithCopies beside(List<String> someParents, List<FileWithCopies> someArchives) {
        return new FileWithCopies(scope, name, bytes, adler32, md5, copies, someParents, someArchives);
    }

    public DataId id() {
        return new DataId(new Scope(scope), name);
    }

    /**
     * A copy of a listed file.
     *
     * @param state empty where there is no copy yet
     * @param mark the letter of what a program says of it; a blank where none says anything
     * @param since when it took its present state
     */
    public record OneCopy(int storage, Optional<CopyState> state, char mark, String path, Instant since) {}
}
