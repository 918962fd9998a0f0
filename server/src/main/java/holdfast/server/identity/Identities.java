package holdfast.server.identity;

import holdfast.journal.Micros;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which identity may act for which account. Outside the journal: a row can be erased. */
public final class Identities {
    private static final String ROWS = "select type, identity, account, email, is_default from identity";

    private final Database database;

    public Identities(Database database) {
        this.database = database;
    }

    /** The identity has a password already, and it is another one. */
    public static final class OtherPassword extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        OtherPassword(Identity identity) {
            super("the identity '%s' has another password already; who maps it to one more account must know it"
                    .formatted(identity.name()));
        }
    }

    /**
     * Lets an identity act for an account. A password belongs to the identity, whatever account it acts for, and does not
     * change here: otherwise whoever may add identities to an account of theirs could take over those of others.
     *
     * @return false where it may already
     * @throws OtherPassword when the identity has one that is not this
     * @throws PasswordRule.Weak when it is none to have
     */
    public boolean add(Mapping mapping, Optional<String> password, Instant now) {
        Optional<Password> its = database.read(connection -> password(connection, mapping.identity()));
        if (its.isPresent() && password.isPresent() && !its.get().matches(password.get())) {
            throw new OtherPassword(mapping.identity());
        }
        if (its.isEmpty()) {
            password.ifPresent(fresh -> PasswordRule.require(mapping, fresh));
        }
        Optional<Password> kept = its.or(() -> password.map(Password::of));
        return database.write(connection -> insert(connection, mapping, kept, now));
    }

    private static boolean insert(Connection connection, Mapping mapping, Optional<Password> password, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into identity(type, identity, account, email, is_default, salt, password, rounds, created_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")) {
            insert.setString(1, mapping.identity().type().name());
            insert.setString(2, mapping.identity().name());
            insert.setString(3, mapping.account().name());
            insert.setString(4, mapping.email());
            insert.setBoolean(5, mapping.isDefault());
            insert.setBytes(6, password.map(Password::salt).orElse(null));
            insert.setBytes(7, password.map(Password::hash).orElse(null));
            insert.setObject(8, password.map(Password::rounds).orElse(null), java.sql.Types.INTEGER);
            insert.setLong(9, Micros.of(now));
            return insert.executeUpdate() == 1;
        }
    }

    /** Takes it back; its tokens for that account end too. Answers false where there was nothing to take back. */
    public boolean remove(Identity identity, AccountName account) {
        return database.write(connection -> {
            LoginTokens.end(connection, account, identity.name());
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from identity where type = ? and identity = ? and account = ?")) {
                delete.setString(1, identity.type().name());
                delete.setString(2, identity.name());
                delete.setString(3, account.name());
                return delete.executeUpdate() == 1;
            }
        });
    }

    /** Who may act for an account, by type and name. */
    public List<Mapping> of(AccountName account) {
        return rows(" where account = ? order by type, identity", account.name());
    }

    /** For which accounts an identity may act, the default one first. */
    public List<Mapping> of(Identity identity) {
        return rows(
                " where type = ? and identity = ? order by is_default desc, account",
                identity.type().name(),
                identity.name());
    }

    private List<Mapping> rows(String where, String... values) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(ROWS + where)) {
                for (int i = 0; i < values.length; i++) {
                    select.setString(i + 1, values[i]);
                }
                List<Mapping> mappings = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Identity identity = new Identity(IdentityType.valueOf(row.getString(1)), row.getString(2));
                        AccountName account = new AccountName(row.getString(3));
                        mappings.add(new Mapping(identity, account, row.getString(4), row.getBoolean(5)));
                    }
                }
                return mappings;
            }
        });
    }

    /** Whether this is the identity's password; takes about as long where there is no such identity. */
    boolean isPassword(Identity identity, String shown) {
        Optional<Password> kept = database.read(connection -> password(connection, identity));
        return kept.orElse(Password.NOBODYS).matches(shown);
    }

    /** Keeps a password, which was right just now, as passwords are kept today; for all accounts of the identity. */
    void renew(Identity identity, String shown) {
        Optional<Password> kept = database.read(connection -> password(connection, identity));
        if (kept.isEmpty() || !kept.get().isOld()) {
            return;
        }
        Password fresh = Password.of(shown);
        database.write(connection -> {
            // Only over the one that was right: it may have been taken back since.
            try (PreparedStatement update =
                    connection.prepareStatement("update identity set salt = ?, password = ?, rounds = ?"
                            + " where type = ? and identity = ? and password = ?")) {
                update.setBytes(1, fresh.salt());
                update.setBytes(2, fresh.hash());
                update.setInt(3, fresh.rounds());
                update.setString(4, identity.type().name());
                update.setString(5, identity.name());
                update.setBytes(6, kept.get().hash());
                return update.executeUpdate();
            }
        });
    }

    private static Optional<Password> password(Connection connection, Identity identity) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select salt, password, rounds from identity"
                + " where type = ? and identity = ? and password is not null order by account limit 1")) {
            select.setString(1, identity.type().name());
            select.setString(2, identity.name());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Password(row.getBytes(1), row.getBytes(2), row.getInt(3)))
                        : Optional.empty();
            }
        }
    }
}
