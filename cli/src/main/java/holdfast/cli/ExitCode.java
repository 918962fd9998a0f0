package holdfast.cli;

/** What a verb's exit code says to the shell that called it; every verb uses these four and no other. */
final class ExitCode {

    /** All is well. */
    static final int OK = 0;

    /** The verb worked and found something wrong: a breach, a damaged copy, a proof that does not hold. */
    static final int FOUND_WRONG = 1;

    /** Wrong use, or what is needed is not there; nothing was changed. */
    static final int USAGE = 2;

    /** The proof holds together, yet no key and head from elsewhere anchor it. */
    static final int CONSISTENT_IN_ITSELF = 3;

    private ExitCode() {}
}
