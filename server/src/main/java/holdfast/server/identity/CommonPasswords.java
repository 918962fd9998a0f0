package holdfast.server.identity;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passwords that people take most (OWASP ASVS 5.0, 6.2.4): those of zxcvbn's list of 30,000 that are long enough to be
 * taken here. No list of breached ones: whoever guesses slowly begins with these.
 */
final class CommonPasswords {
    private CommonPasswords() {}

    /** Read when the first password is set, and kept: 11,611 short texts. */
    private static final class Known {
        static final Set<String> ALL = read();

        private static Set<String> read() {
            try {
                return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                        .map(password -> password.toLowerCase(Locale.ROOT))
                        .filter(password -> password.length() >= PasswordRule.LEAST)
                        .collect(Collectors.toUnmodifiableSet());
            } catch (IOException e) {
                throw new UncheckedIOException("the list of common passwords cannot be read", e);
            }
        }
    }

    /** Whether the whole of it is one of them, in whatever case. */
    static boolean has(String password) {
        return Known.ALL.contains(password.toLowerCase(Locale.ROOT));
    }

    static int count() {
        return Known.ALL.size();
    }
}
