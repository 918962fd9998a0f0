package holdfast.server.identity;

import holdfast.journal.Micros;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.Came.Way;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The logins of an account that stand, on every node: tokens and sessions of browsers (OWASP ASVS 5.0, 7.4.3, 7.4.5 and 7.5.2). Of tokens
 * of an issuer and of the administrator secret nothing is kept, and so nothing is listed.
 */
public final class StandingLogins {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Database database;
    private final LoginTokens tokens;
    private final HouseClock clock;

    /**
     * A login.
     *
     * @param id by which it is ended; opens nothing
     * @param identity who came in, of those that may act for the account
     * @param used when it last was, give or take a minute
     * @param until when it ends by itself at the latest
     */
    public record Login(UUID id, String identity, Came came, Instant since, Instant used, Instant until) {}

    public StandingLogins(Database database, LoginTokens tokens, HouseClock clock) {
        this.database = database;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Those of an account, the newest first. */
    public List<Login> of(AccountName account) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, identity, way, network, program, began_at, used_at, expires_at from token"
                            + " where account = ? and expires_at > ? order by began_at desc, id")) {
                select.setString(1, account.name());
                select.setLong(2, Micros.of(clock.now()));
                List<Login> logins = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        logins.add(login(row));
                    }
                }
                return logins;
            }
        });
    }

    private static Login login(ResultSet row) throws SQLException {
        return new Login(
                row.getObject("id", UUID.class),
                row.getString("identity"),
                new Came(Way.valueOf(row.getString("way")), row.getString("network"), row.getString("program")),
                Micros.instant(row.getLong("began_at")),
                Micros.instant(row.getLong("used_at")),
                Micros.instant(row.getLong("expires_at")));
    }

    /** Ends one login of an account; false where it has no such one. Other nodes know of a token's end after a second. */
    public boolean end(AccountName account, UUID id) {
        boolean ended = database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from token where account = ? and id = ?")) {
                delete.setString(1, account.name());
                delete.setObject(2, id);
                return delete.executeUpdate() == 1;
            }
        });
        tokens.lookAgain(account);
        return ended;
    }

    /** Ends all logins of an account, but for one that is named; answers how many. */
    public int endAll(AccountName account, Optional<UUID> but) {
        int ended = database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from token where account = ? and id is distinct from cast(? as uuid) and expires_at > ?")) {
                delete.setString(1, account.name());
                delete.setString(2, but.map(UUID::toString).orElse(null));
                delete.setLong(3, Micros.of(clock.now()));
                return delete.executeUpdate();
            }
        });
        tokens.lookAgain(account);
        return ended;
    }

    /** Which login a token is; empty for what is no token of a login. */
    public Optional<UUID> idOf(String token) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select id from token where digest = ? and way <> 'BROWSER'")) {
                select.setBytes(1, LoginTokens.digest(token));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
                }
            }
        });
    }

    /** Begins a session of a browser; for which account is known later. */
    public UUID begin(String identity, Came came, Duration longest) {
        UUID id = Database.newId();
        Instant now = clock.now();
        database.write(connection -> {
            LoginTokens.forgetOld(connection, now);
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into token(digest, identity, expires_at, id, way, began_at, used_at, network, program)"
                            + " values (sha256(?), ?, ?, ?, ?, ?, ?, ?, ?)")) {
                // No token: a text that nobody could have been given stands where others have theirs.
                insert.setBytes(1, Database.newId().toString().getBytes(StandardCharsets.US_ASCII));
                insert.setString(2, identity);
                insert.setLong(3, Micros.of(now.plus(longest)));
                insert.setObject(4, id);
                insert.setString(5, came.way().name());
                insert.setLong(6, Micros.of(now));
                insert.setLong(7, Micros.of(now));
                insert.setString(8, came.network());
                insert.setString(9, came.program());
                return insert.executeUpdate();
            }
        });
        return id;
    }

    /** Whether a session of a browser was ended by nobody yet. */
    public boolean stands(UUID id) {
        return database.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select 1 from token where id = ? and expires_at > ?")) {
                select.setObject(1, id);
                select.setLong(2, Micros.of(clock.now()));
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Notes that a browser asked for something, and for which account. */
    public void used(UUID id, AccountName account) {
        Instant now = clock.now();
        database.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement("update token set used_at = ?, account = ?"
                    + " where id = ? and (used_at <= ? or account is distinct from ?)")) {
                update.setLong(1, Micros.of(now));
                update.setString(2, account.name());
                update.setObject(3, id);
                update.setLong(4, Micros.of(now.minus(MINUTE)));
                update.setString(5, account.name());
                return update.executeUpdate();
            }
        });
    }

    /** Notes that a token was shown. */
    static void used(Connection connection, byte[] digest, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update token set used_at = ? where digest = ? and used_at <= ?")) {
            update.setLong(1, Micros.of(now));
            update.setBytes(2, digest);
            update.setLong(3, Micros.of(now.minus(MINUTE)));
            update.executeUpdate();
        }
    }

    /** Forgets a session of a browser, which was logged out. */
    public void over(UUID id) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from token where id = ?")) {
                delete.setObject(1, id);
                return delete.executeUpdate();
            }
        });
    }
}
