package holdfast.server.rebuild;

import holdfast.evidence.Ledger;
import holdfast.formats.Json;
import holdfast.journal.SignedHead;
import holdfast.server.rebuild.SegmentChain.Link;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code holdfast rebuild}: a database anew from the segments that are left of it. */
public final class RebuildCommand {
    private static final int REBUILT = 0;
    private static final int DIFFERS = 1;
    private static final int REFUSED = 2;

    private final RebuildOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final long began = System.nanoTime();

    private RebuildCommand(RebuildOptions options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /** Runs the verb with the arguments after it; answers the exit code. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(RebuildOptions.USAGE);
            return REBUILT;
        }
        try {
            RebuildCommand command = new RebuildCommand(RebuildOptions.parse(arguments), out, err);
            return command.say(command.run());
        } catch (IOException | RuntimeException e) {
            err.println("holdfast rebuild: " + e.getMessage());
            if (Boolean.getBoolean("holdfast.trace")) {
                e.printStackTrace(err);
            }
            return REFUSED;
        }
    }

    private RebuildReport run() throws IOException {
        List<PublicKey> keys = new ArrayList<>();
        for (Path key : options.keys()) {
            keys.add(key(key));
        }
        SegmentChain chain = SegmentChain.of(SegmentFolders.find(options.from()), keys, options.gap());
        if (chain.links().isEmpty()) {
            throw new RebuildRefused(
                    "no segment that begins at entry 0 can be used; " + String.join("; ", chain.remarks()));
        }
        err.println("%,d entries in %d segments, checked"
                .formatted(chain.size(), chain.links().size()));
        Optional<SignedHead> outside = SegmentFolders.newestHead(headFolders());
        String signatures = signatures(chain, keys);
        if (options.dryRun()) {
            Ledger fold = Rebuild.fold(chain);
            return RebuildReport.of(
                    chain,
                    outside,
                    said(false, Optional.empty(), fold.stateHash().hex(), signatures));
        }
        return fill(chain, outside, signatures);
    }

    private RebuildReport fill(SegmentChain chain, Optional<SignedHead> outside, String signatures) throws IOException {
        Files.createDirectories(options.data());
        try (Target target = target()) {
            Rebuild rebuild = new Rebuild(target.database(), target.clock(), progress(chain.size()));
            Rebuild.Built built = rebuild.fill(chain);
            if (built.agrees()) {
                keepSegments(chain);
                rebuild.hold(chain, outside);
            }
            return RebuildReport.of(
                    chain,
                    outside,
                    said(built.agrees(), Optional.of(built), built.fold().hex(), signatures));
        }
    }

    private Target target() {
        return options.databaseUrl()
                .map(Target::at)
                .orElseGet(() -> Target.embedded(options.data().resolve("database"), Optional.empty()));
    }

    private RebuildReport.Said said(boolean written, Optional<Rebuild.Built> built, String fold, String signatures) {
        return new RebuildReport.Said(
                written, built, fold, signatures, signingKey(), Duration.ofNanos(System.nanoTime() - began));
    }

    private java.util.function.LongConsumer progress(long size) {
        long[] told = {System.nanoTime()};
        return done -> {
            long now = System.nanoTime();
            if (now - told[0] > Duration.ofSeconds(2).toNanos() || done == size) {
                told[0] = now;
                err.println("%,d of %,d entries are in".formatted(done, size));
            }
        };
    }

    /** Heads lie beside the segments of a node's own folder; those of the element's root tell nothing. */
    private List<Path> headFolders() {
        List<Path> folders = new ArrayList<>(options.from());
        folders.add(options.data().resolve("journal"));
        return folders;
    }

    private String signatures(SegmentChain chain, List<PublicKey> keys) throws IOException {
        if (!keys.isEmpty()) {
            return "every head is signed with a key given";
        }
        Path own = ownKey();
        if (!Files.exists(own)) {
            return "NOT CHECKED: no --key was given; the tree alone shows that the segments belong together";
        }
        return "%d of %d heads are signed with the key in %s; give --key with the one kept elsewhere to have them checked"
                .formatted(chain.signedBy(key(own)), chain.links().size(), own);
    }

    private Path ownKey() {
        return options.data().resolve("keys").resolve("journal.pub");
    }

    private String signingKey() {
        return Files.exists(ownKey().resolveSibling("journal.key"))
                ? "that of " + ownKey().getParent() + " goes on signing"
                : "there is none in " + ownKey().getParent()
                        + ": the first start makes a new one. Heads from then on are"
                        + " verified with the new public key (`holdfast key`), older ones with the old; keep both. If the"
                        + " old key still exists, put it there before the first start";
    }

    /** The node's own folder gets the segments again, so that its next ones follow on them. */
    private void keepSegments(SegmentChain chain) throws IOException {
        Path folder = Files.createDirectories(options.data().resolve("journal"));
        for (Link link : chain.links()) {
            Path own = folder.resolve("segment-%012d-%012d.txt"
                    .formatted(link.file().first(), link.head().size() - 1));
            if (!Files.exists(own)) {
                Path whole = own.resolveSibling(own.getFileName() + ".new");
                try (InputStream in = link.file().bytes().open()) {
                    Files.copy(in, whole, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(whole, own, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private int say(RebuildReport report) {
        if (options.json()) {
            out.println(Json.write(report));
        } else {
            report.lines().forEach(out::println);
            if (report.written()) {
                out.println("Now: holdfast serve --data " + options.data() + " ...");
                out.println("It begins in custody hold: nothing is released until every element that answers was listed"
                        + " and two people have signed.");
            }
        }
        return report.agrees() ? REBUILT : DIFFERS;
    }

    private static PublicKey key(Path pem) throws IOException {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(Files.readString(pem).replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(bytes));
        } catch (GeneralSecurityException | IllegalArgumentException bad) {
            throw new RebuildRefused(pem + " holds no Ed25519 public key in PEM; `holdfast key` prints one");
        }
    }
}
