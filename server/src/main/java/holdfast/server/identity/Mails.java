package holdfast.server.identity;

import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where to reach accounts. Outside the journal: a row can be erased. */
public final class Mails {
    private final Database database;

    public Mails(Database database) {
        this.database = database;
    }

    public Optional<String> of(AccountName account) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select email from account_mail where account = ?")) {
                select.setString(1, account.name());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                }
            }
        });
    }

    public Map<AccountName, String> all() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select account, email from account_mail");
                    ResultSet row = select.executeQuery()) {
                Map<AccountName, String> mails = new TreeMap<>();
                while (row.next()) {
                    mails.put(new AccountName(row.getString(1)), row.getString(2));
                }
                return mails;
            }
        });
    }

    /** Keeps an account's mail; the empty text erases it. */
    public void put(AccountName account, String email) {
        database.write(connection -> {
            String statement = email.isEmpty()
                    ? "delete from account_mail where account = ?"
                    : "insert into account_mail(account, email) values (?, ?)"
                            + " on conflict (account) do update set email = excluded.email";
            try (PreparedStatement change = connection.prepareStatement(statement)) {
                change.setString(1, account.name());
                if (!email.isEmpty()) {
                    change.setString(2, email);
                }
                return change.executeUpdate();
            }
        });
    }
}
