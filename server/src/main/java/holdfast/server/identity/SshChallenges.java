package holdfast.server.identity;

import holdfast.journal.Micros;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.Database;
import holdfast.vocabulary.AccountName;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Asks holders of SSH keys to sign something random; each challenge is good for ten seconds and for one login. */
public final class SshChallenges {
    private static final Duration LIFE = Duration.ofSeconds(10);
    private static final int BYTES = 16;

    private final Database database;
    private final Identities identities;
    private final HouseClock clock;
    private final SecureRandom random = new SecureRandom();

    /** What is to be signed, and until when. */
    public record Challenge(String text, Instant expires) {}

    public SshChallenges(Database database, Identities identities, HouseClock clock) {
        this.database = database;
        this.identities = identities;
        this.clock = clock;
    }

    public Challenge ask(AccountName account) {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Instant now = clock.now();
        Challenge challenge = new Challenge("challenge-" + HexFormat.of().formatHex(secret), now.plus(LIFE));
        return database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from ssh_challenge where expires_at < ?")) {
                delete.setLong(1, Micros.of(now));
                delete.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into ssh_challenge(challenge, account, expires_at) values (?, ?, ?)")) {
                insert.setString(1, challenge.text());
                insert.setString(2, account.name());
                insert.setLong(3, Micros.of(challenge.expires()));
                insert.executeUpdate();
            }
            return challenge;
        });
    }

    /** The identity of the account whose key signed one of its challenges; that challenge is used up. */
    public Optional<Identity> signer(AccountName account, String signature) {
        List<String> open = open(account);
        for (Mapping mapping : identities.of(account)) {
            Optional<SshKey> key = mapping.identity().type() == IdentityType.SSH
                    ? SshKey.read(mapping.identity().name())
                    : Optional.empty();
            for (String challenge : open) {
                if (key.isPresent() && key.get().hasSigned(challenge, signature) && isUsedUp(challenge)) {
                    return Optional.of(mapping.identity());
                }
            }
        }
        return Optional.empty();
    }

    private List<String> open(AccountName account) {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select challenge from ssh_challenge where account = ? and expires_at >= ?")) {
                select.setString(1, account.name());
                select.setLong(2, Micros.of(clock.now()));
                List<String> open = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        open.add(row.getString(1));
                    }
                }
                return open;
            }
        });
    }

    /** Only one of two who come with the same signature. */
    private boolean isUsedUp(String challenge) {
        return database.write(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from ssh_challenge where challenge = ?")) {
                delete.setString(1, challenge);
                return delete.executeUpdate() == 1;
            }
        });
    }
}
