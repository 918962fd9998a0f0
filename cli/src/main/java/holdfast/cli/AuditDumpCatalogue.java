package holdfast.cli;

import holdfast.formats.dump.DumpKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit dump-catalogue}: what the catalogue records of one element, in a file. */
@Command(
        name = "dump-catalogue",
        description = "Writes every copy that the catalogue records at an element (docs/reference/dumps.md). Take the"
                + " listing first, then this.",
        mixinStandardHelpOptions = true)
final class AuditDumpCatalogue implements Callable<Integer> {
    @Mixin
    private Dump dump;

    @Override
    public Integer call() throws IOException {
        return dump.fetch(DumpKind.CATALOGUE, "catalogue");
    }
}
