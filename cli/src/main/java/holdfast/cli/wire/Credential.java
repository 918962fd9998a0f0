package holdfast.cli.wire;

import java.util.Optional;

/** What is shown to a server, as a bearer token. */
public sealed interface Credential permits Secret, Login {
    /** As it is shown now; never printed. */
    String value();

    /** The account that is asked for, where somebody may act for several. */
    Optional<String> account();

    /** What to do where the server does not take it, in one sentence. */
    String remedy();
}
