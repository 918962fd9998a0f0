package holdfast.cli;

import holdfast.evidence.Anchor;
import holdfast.formats.bundle.BundleBroken;
import holdfast.formats.bundle.BundleVerifier;
import holdfast.formats.bundle.KeyText;
import holdfast.formats.bundle.Verification;
import holdfast.journal.BadEntry;
import holdfast.journal.SignedHead;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an evidence bundle with no server: reads the whole journal, folds it, and takes every verdict again. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Checks an evidence bundle with no server.",
            "Every entry is hashed and folded again, and every verdict is taken again and compared word for word. With a"
                    + " key and a head from elsewhere the answer is anchored; without them the bundle is consistent in"
                    + " itself only.",
            "A bundle that was written --for some readers has a tree of its own, and needs a key alone. It shows nothing of"
                    + " what is not in it; that it is what the whole journal gives shows --whole.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.OK
                    + ":the bundle holds, anchored by a key and a head from elsewhere; or it is for some readers, and holds"
                    + " under a key from elsewhere",
            ExitCode.FOUND_WRONG + ":refused; each reason is named",
            ExitCode.USAGE + ":wrong use, or a file cannot be read",
            ExitCode.CONSISTENT_IN_ITSELF + ":consistent in itself only: no outside key and head were given",
        })
final class Verify implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the bundle, as `holdfast evidence export` wrote it")
    private Path file;

    @Option(names = "--key", paramLabel = "PEM", description = "the journal's public key, from elsewhere")
    private @Nullable Path key;

    @Option(names = "--head", paramLabel = "FILE", description = "a signed head, kept elsewhere since")
    private @Nullable Path head;

    @Option(
            names = "--whole",
            paramLabel = "BUNDLE",
            description =
                    "a bundle of the whole journal, for whoever has one: makes anew what FILE shows to some readers,"
                            + " and compares")
    private @Nullable Path whole;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Anchor anchor = new Anchor(
                Optional.ofNullable(key).map(this::readKey),
                Optional.ofNullable(head).map(this::readHead));
        readable(file);
        Verification verification = verified(anchor);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(verification.json());
        } else {
            verification.sentences().forEach(out::println);
        }
        out.flush();
        return switch (verification.outcome()) {
            case ANCHORED, SIGNED_PROJECTION -> ExitCode.OK;
            case REFUSED -> ExitCode.FOUND_WRONG;
            case CONSISTENT_IN_ITSELF_ONLY -> ExitCode.CONSISTENT_IN_ITSELF;
        };
    }

    private Verification verified(Anchor anchor) throws IOException {
        if (whole == null) {
            return BundleVerifier.verify(file, anchor);
        }
        readable(whole);
        return BundleVerifier.verify(file, whole, anchor);
    }

    private PublicKey readKey(Path path) {
        try {
            return KeyText.read(text(path));
        } catch (BundleBroken e) {
            throw wrong(path + ": " + e.getMessage());
        }
    }

    private SignedHead readHead(Path path) {
        try {
            return SignedHead.parse(text(path));
        } catch (BadEntry e) {
            throw wrong(path + ": " + e.getMessage());
        }
    }

    private String text(Path path) {
        readable(path);
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw wrong(path + " cannot be read: " + e.getMessage());
        }
    }

    private void readable(Path path) {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw wrong(path + " is no file that can be read");
        }
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(spec.commandLine(), what);
    }
}
