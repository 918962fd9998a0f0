package holdfast.server.identity;

import java.util.Locale;

/**
 * What may become a password (OWASP ASVS 5.0, 6.2.1, 6.2.4, 6.2.5 and 6.2.9): long enough, no name that everybody knows, and none that many take. Any characters; nothing is cut
 * off or changed, for a long one counts whole ({@link Password}). One that is kept already is not asked.
 */
public final class PasswordRule {
    static final int LEAST = 8;

    /** Somebody who sends more wants to keep the server busy. */
    static final int MOST = 1_024;

    /** This is no password to have. */
    public static final class Weak extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Weak(String message) {
            super(message);
        }
    }

    private PasswordRule() {}

    /** @throws Weak saying what is asked for; the password itself is in no message */
    static void require(Mapping mapping, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < LEAST || length > MOST) {
            throw new Weak("a password has %d to %,d characters, and this has %,d".formatted(LEAST, MOST, length));
        }
        String plain = password.strip().toLowerCase(Locale.ROOT);
        if (plain.equals(mapping.identity().name().toLowerCase(Locale.ROOT))
                || plain.equals(mapping.account().name().toLowerCase(Locale.ROOT))) {
            throw new Weak("the name of the identity or of the account is no password; take another");
        }
        if (CommonPasswords.has(password.strip())) {
            throw new Weak("this is one of the passwords that people take most; take another");
        }
        if (plain.chars().distinct().count() < 2) {
            throw new Weak("one character again and again is no password; take another");
        }
    }
}
