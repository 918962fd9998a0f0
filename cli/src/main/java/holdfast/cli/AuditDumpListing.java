package holdfast.cli;

import holdfast.formats.dump.DumpKind;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit dump-listing}: what stands on one element, in a file. */
@Command(
        name = "dump-listing",
        description =
                "Writes what stands on an element, by a full listing through its driver (docs/reference/dumps.md).",
        mixinStandardHelpOptions = true)
final class AuditDumpListing implements Callable<Integer> {
    @Mixin
    private Dump dump;

    @Override
    public Integer call() throws IOException {
        return dump.fetch(DumpKind.LISTING, "listing");
    }
}
