package holdfast.server.config;

import holdfast.formats.IssuersFile;
import holdfast.formats.TrustedIssuer;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.GroupClaims;
import holdfast.server.identity.Issuers;
import holdfast.server.signin.IdTokens;
import holdfast.server.signin.IssuerDoors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whose tokens are believed, by the file that the options name. */
final class Believed {
    private Believed() {}

    /**
     * The issuers; none where no file is named.
     *
     * @throws holdfast.formats.Result.BadFile when the file is not what it should be
     */
    static Issuers by(Options options, HouseClock clock) throws IOException {
        return new Issuers(list(options), folder(options), clock);
    }

    /**
     * Those of them at which people log in.
     *
     * @throws Options.BadOption where browsers are elsewhere and nothing says how they reach this house
     */
    static IssuerDoors doors(Options options, HouseClock clock) throws IOException {
        IssuerDoors doors = new IssuerDoors(
                list(options), folder(options), options.listening().publicUrl(), clock);
        if (!doors.issuers().isEmpty()) {
            options.listening().mustBeKnown();
        }
        return doors;
    }

    static IdTokens idTokens(Options options, IssuerDoors doors, HouseClock clock) throws IOException {
        return new IdTokens(doors, folder(options), clock);
    }

    /** What their tokens say of groups. */
    static GroupClaims groups(Options options) throws IOException {
        return new GroupClaims(list(options));
    }

    private static Path folder(Options options) {
        return options.issuers()
                .map(file -> file.toAbsolutePath().resolveSibling("."))
                .orElse(options.data());
    }

    private static List<TrustedIssuer> list(Options options) throws IOException {
        if (options.issuers().isEmpty()) {
            return List.of();
        }
        Path file = options.issuers().get().toAbsolutePath();
        if (!Files.isRegularFile(file)) {
            throw new Options.BadOption("--issuers " + file + " is no file; see docs/reference/issuers-file.md");
        }
        return IssuersFile.read(Files.readString(file), file.toString()).orThrow();
    }
}
