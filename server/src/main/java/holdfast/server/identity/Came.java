package holdfast.server.identity;

/**
 * How somebody came in, as their own list of logins says it.
 *
 * @param network the address that it came from
 * @param program how the client calls itself; may be anything
 */
public record Came(Way way, String network, String program) {
    private static final int LONGEST = 160;

    /** What was shown. */
    public enum Way {
        PASSWORD("password"),
        SSH_KEY("SSH key"),
        CERTIFICATE("certificate"),
        BROWSER("browser");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Came {
        program = program.length() <= LONGEST ? program : program.substring(0, LONGEST);
    }
}
