package holdfast.server.identity;

import holdfast.journal.Micros;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Tokens of those who logged in: random, good for an hour, kept as SHA-256 only. A token that another node ended is known
 * to be ended here after a second.
 */
public final class LoginTokens {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final int BYTES = 16;
    private static final int REMEMBERED = 10_000;

    private final Database database;
    private final HouseClock clock;
    private final Predicate<Caller> mayAct;
    private final LongSupplier counter;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(Granted token, long lookedAt) {}

    /** A token and until when it is good. */
    public record Granted(String text, Caller caller, Instant expires) {}

    /** @param mayAct whether somebody may still act: a token is no better than whoever holds it */
    public LoginTokens(Database database, HouseClock clock, Predicate<Caller> mayAct) {
        this(database, clock, mayAct, System::nanoTime);
    }

    LoginTokens(Database database, HouseClock clock, Predicate<Caller> mayAct, LongSupplier counter) {
        this.database = database;
        this.clock = clock;
        this.mayAct = mayAct;
        this.counter = counter;
    }

    /**
     * Makes a token, and forgets those that are over.
     *
     * @param came how; what the client calls itself is part of the token's text
     */
    public Granted grant(Caller caller, Came came) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        String text = "%s-%s-%s-%s"
                .formatted(
                        caller.account(),
                        printable(caller.identity()),
                        printable(came.program()),
                        HexFormat.of().formatHex(secret));
        Instant now = clock.now();
        Granted granted = new Granted(text, caller, now.plus(LIFE));
        database.write(connection -> {
            forgetOld(connection, now);
            return keep(connection, granted, came, now);
        });
        return granted;
    }

    /** Tokens go through headers. */
    private static String printable(String text) {
        return text.replaceAll("[^!-~]", "_");
    }

    static void forgetOld(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from token where expires_at <= ?")) {
            delete.setLong(1, Micros.of(now));
            delete.executeUpdate();
        }
    }

    private static int keep(Connection connection, Granted granted, Came came, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into token(digest, account, identity, expires_at, id, way, began_at, used_at, network, program, claim)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setBytes(1, digest(granted.text()));
            insert.setString(2, granted.caller().account().name());
            insert.setString(3, granted.caller().identity());
            insert.setLong(4, Micros.of(granted.expires()));
            insert.setObject(5, Database.newId());
            insert.setString(6, came.way().name());
            insert.setLong(7, Micros.of(now));
            insert.setLong(8, Micros.of(now));
            insert.setString(9, came.network());
            insert.setString(10, came.program());
            insert.setString(11, KeptClaim.text(granted.caller().claim()));
            return insert.executeUpdate();
        }
    }

    /** Ends the tokens of an identity for an account, within a transaction of the caller's. */
    static int end(Connection connection, AccountName account, String identity) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from token where account = ? and identity = ?")) {
            delete.setString(1, account.name());
            delete.setString(2, identity);
            return delete.executeUpdate();
        }
    }

    /** Ends all tokens of an account, such as one that is suspended; other nodes know after a second. */
    public void endAll(AccountName account) {
        database.write(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from token where account = ?")) {
                delete.setString(1, account.name());
                return delete.executeUpdate();
            }
        });
        lookAgain(account);
    }

    /** Some token of an account was ended: whether one stands is not remembered here any more. */
    void lookAgain(AccountName account) {
        known.values().removeIf(seen -> seen.token().caller().account().equals(account));
    }

    /** A token that is good now. */
    public Optional<Granted> find(String token) {
        String key = HexFormat.of().formatHex(digest(token));
        long now = counter.getAsLong();
        Known seen = known.get(key);
        if (seen == null || now - seen.lookedAt() > LOOK_AGAIN) {
            Optional<Granted> stands = read(token);
            if (stands.isEmpty()) {
                known.remove(key);
                return Optional.empty();
            }
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            seen = new Known(stands.get(), now);
            known.put(key, seen);
        }
        return Optional.of(seen.token())
                .filter(granted -> clock.now().isBefore(granted.expires()))
                .filter(granted -> mayAct.test(granted.caller()));
    }

    /** When each account last logged in, as far as a login of it still stands. */
    public Map<AccountName, Instant> lastLogins() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "select account, max(began_at) from token where account is not null group by account");
                    ResultSet row = select.executeQuery()) {
                Map<AccountName, Instant> logins = new HashMap<>();
                while (row.next()) {
                    logins.put(new AccountName(row.getString(1)), Micros.instant(row.getLong(2)));
                }
                return logins;
            }
        });
    }

    private Optional<Granted> read(String token) {
        byte[] digest = digest(token);
        return database.read(connection -> {
            StandingLogins.used(connection, digest, clock.now());
            try (PreparedStatement select = connection.prepareStatement(
                    "select account, identity, expires_at, claim from token where digest = ? and way <> 'BROWSER'")) {
                select.setBytes(1, digest);
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Granted(
                                    token,
                                    new Caller(
                                            new AccountName(row.getString(1)),
                                            row.getString(2),
                                            KeptClaim.read(row.getString(4))),
                                    Micros.instant(row.getLong(3))))
                            : Optional.empty();
                }
            }
        });
    }

    static byte[] digest(String token) {
        return Digest.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
