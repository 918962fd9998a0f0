package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioElement;
import holdfast.formats.rucio.RucioFile;
import holdfast.formats.rucio.RucioLock;
import holdfast.formats.rucio.RucioRule;
import holdfast.formats.rucio.RucioScope;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** An existing Rucio that is read: its interface, or a dump of its tables. Nothing is ever written to it. */
public interface Source extends Closeable {

    /** How it is called in what the server writes down. */
    String name();

    List<RucioScope> scopes() throws IOException;

    List<RucioAccount> accounts() throws IOException;

    List<RucioElement> elements() throws IOException;

    /** From here on only these scopes are read. */
    void choose(Set<String> scopes) throws IOException;

    /** Files with their copies, in the order of their names. */
    Portions<RucioFile> files() throws IOException;

    /** Files in the order of their names with bytes, digests and copies, as one portion after the other; the rest may be absent. */
    Portions<RucioFile> bareFiles() throws IOException;

    Portions<RucioCollection> collections() throws IOException;

    Portions<RucioContents> contents() throws IOException;

    Portions<RucioRule> rules() throws IOException;

    /** Locks of the rules that were read. */
    Portions<RucioLock> locks() throws IOException;

    /** Told of what is found and cannot be taken over. */
    void onConflict(Conflicts conflicts);
}
