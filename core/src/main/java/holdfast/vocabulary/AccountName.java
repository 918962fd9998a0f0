package holdfast.vocabulary;

import java.util.regex.Pattern;

/** Who acts in the catalogue's accounts: 1 to 64 characters; what an experiment allows of these is its policy's matter. */
public record AccountName(String name) implements Comparable<AccountName> {
    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9._-]{1,64}");

    /** The account that exists by itself and may do everything. */
    public static final AccountName ROOT = new AccountName("root");

    public AccountName {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("account", name, "1 to 64 characters of a-z, A-Z, 0-9, '.', '_' or '-'");
        }
    }

    /** Whether a text is the name of an account. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(AccountName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
