package holdfast.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.drivers.Disk;
import holdfast.server.drivers.DurableFile;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.identity.LoginTokens.Granted;
import holdfast.server.identity.Logins.Outcome;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import holdfast.vocabulary.AccountName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Who gets in, for which account, and for how long; time and counter are set by hand. */
@Tag("alone")
class LoginsTest {
    private static final AccountName ANNA = new AccountName("anna");
    private static final AccountName TEAM = new AccountName("team");
    private static final Identity USER = new Identity(IdentityType.USERPASS, "au");

    @TempDir
    Path folder;

    private Instant time = Instant.parse("2026-05-04T08:00:00Z");
    private long counter;
    private TestDatabase test;
    private Database database;
    private Identities identities;
    private LoginTokens tokens;
    private Logins logins;
    private String secret;
    private final Set<AccountName> suspended = new HashSet<>();
    private final Set<Caller> left = new HashSet<>();

    @BeforeEach
    void begin() throws Exception {
        test = TestDatabase.fresh();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(test.jdbcUrl());
        if (!test.user().isEmpty()) {
            source.setUser(test.user());
            source.setPassword(test.password());
        }
        Flyway.configure().dataSource(source).load().migrate();
        database = new Database(source);
        identities = new Identities(database);
        tokens = new LoginTokens(database, () -> time, caller -> !left.contains(caller), () -> counter);
        AdministratorSecret administrator = new AdministratorSecret(
                new Memory(database), () -> time, DurableFile.secret(new Disk(), folder.resolve("admin.secret")));
        administrator.begin();
        secret = Files.readString(folder.resolve("admin.secret")).strip();
        logins = new Logins(
                identities, administrator, caller -> !suspended.contains(caller.account()), _ -> {}, () -> counter);
    }

    @AfterEach
    void end() {
        test.close();
    }

    private Outcome login(String password) {
        return logins.userpass(Optional.empty(), "au", password);
    }

    private boolean map(AccountName account, boolean isDefault, String password) {
        return identities.add(
                new Mapping(USER, account, "", isDefault),
                password.isEmpty() ? Optional.empty() : Optional.of(password),
                time);
    }

    private static Came came(String program) {
        return new Came(Came.Way.PASSWORD, "192.0.2.7", program);
    }

    private void pass(Duration span) {
        time = time.plus(span);
        counter += span.toNanos();
    }

    @Test
    void theAdministratorIsRootAndNobodyElse() {
        assertThat(logins.userpass(Optional.of(AccountName.ROOT), "admin", secret))
                .isEqualTo(new Outcome.Known(new Caller(AccountName.ROOT, "admin")));
        assertThat(logins.userpass(Optional.empty(), "admin", secret)).isInstanceOf(Outcome.Known.class);
        assertThat(logins.userpass(Optional.of(ANNA), "admin", secret)).isInstanceOf(Outcome.Refused.class);
        assertThat(logins.userpass(Optional.of(AccountName.ROOT), "root", secret))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(logins.userpass(Optional.of(AccountName.ROOT), "admin", secret + "x"))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(identities.of(AccountName.ROOT)).isEmpty();
    }

    @Test
    void aPasswordOpensTheAccountsOfItsIdentityAndNoOther() {
        assertThat(login("a good one")).isInstanceOf(Outcome.Refused.class);
        assertThat(map(ANNA, false, "a good one")).isTrue();
        assertThat(map(ANNA, false, "a good one")).isFalse();
        assertThat(login("a good one")).isEqualTo(new Outcome.Known(new Caller(ANNA, "au")));
        assertThat(login("other")).isInstanceOf(Outcome.Refused.class);
        assertThat(logins.userpass(Optional.of(TEAM), "au", "a good one")).isInstanceOf(Outcome.Refused.class);
        suspended.add(ANNA);
        assertThat(login("a good one")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void ofSeveralAccountsTheDefaultOneIsTakenOrTheCallerIsAsked() {
        map(ANNA, false, "a good one");
        assertThat(map(TEAM, false, "")).isTrue();
        assertThat(login("a good one")).isInstanceOf(Outcome.Several.class);
        assertThat(logins.userpass(Optional.of(TEAM), "au", "a good one")).isInstanceOf(Outcome.Known.class);
        identities.remove(USER, ANNA);
        map(ANNA, true, "");
        assertThat(login("a good one")).isEqualTo(new Outcome.Known(new Caller(ANNA, "au")));
    }

    /** Otherwise whoever may add identities to an account of theirs could take over those of others. */
    @Test
    void nobodyChangesAPasswordByMappingTheIdentityOnceMore() {
        map(ANNA, false, "a good one");
        assertThatThrownBy(() -> map(TEAM, false, "mine")).isInstanceOf(Identities.OtherPassword.class);
        assertThat(logins.userpass(Optional.of(TEAM), "au", "mine")).isInstanceOf(Outcome.Refused.class);
        assertThat(logins.userpass(Optional.of(ANNA), "au", "a good one")).isInstanceOf(Outcome.Known.class);
        assertThat(map(TEAM, false, "a good one")).isTrue();
        assertThat(logins.userpass(Optional.of(TEAM), "au", "a good one")).isInstanceOf(Outcome.Known.class);
    }

    @Test
    void whoGuessesWaitsLongerEachTimeAndTheAdministratorNever() {
        map(ANNA, false, "a good one");
        for (int i = 0; i < 5; i++) {
            assertThat(login("guess")).isInstanceOf(Outcome.Refused.class);
        }
        assertThat(login("a good one")).isInstanceOf(Outcome.Wait.class);
        pass(Duration.ofMillis(1_001));
        assertThat(login("guess")).isInstanceOf(Outcome.Refused.class);
        pass(Duration.ofMillis(1_001));
        assertThat(login("a good one")).isInstanceOf(Outcome.Wait.class);
        pass(Duration.ofSeconds(1));
        assertThat(login("a good one")).isInstanceOf(Outcome.Known.class);
        assertThat(login("guess")).isInstanceOf(Outcome.Refused.class);
        for (int i = 0; i < 20; i++) {
            logins.userpass(Optional.empty(), "admin", "guess");
        }
        assertThat(logins.userpass(Optional.empty(), "admin", secret)).isInstanceOf(Outcome.Known.class);
    }

    @Test
    void aPasswordThatIsKeptTheOldWayIsRightOnceMoreAndKeptAnew() throws Exception {
        map(ANNA, false, "a good one");
        map(TEAM, false, "a good one");
        byte[] salt = new byte[16];
        byte[] old = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec("a good one".toCharArray(), salt, 210_000, 256))
                .getEncoded();
        database.write(connection -> {
            try (var update =
                    connection.prepareStatement("update identity set salt = ?, password = ?, rounds = 210000")) {
                update.setBytes(1, salt);
                update.setBytes(2, old);
                return update.executeUpdate();
            }
        });
        assertThat(logins.userpass(Optional.of(ANNA), "au", "other")).isInstanceOf(Outcome.Refused.class);
        assertThat(count("select count(*) from identity where rounds = 210000")).isEqualTo(2);
        assertThat(logins.userpass(Optional.of(ANNA), "au", "a good one")).isInstanceOf(Outcome.Known.class);
        assertThat(count("select count(*) from identity where rounds = 12 and substring(password for 1) = '$'::bytea"))
                .isEqualTo(2);
        assertThat(logins.userpass(Optional.of(TEAM), "au", "a good one")).isInstanceOf(Outcome.Known.class);
    }

    @Test
    void aLongPasswordCountsWhole() {
        String long72 = "x".repeat(72);
        map(ANNA, false, long72 + "a");
        assertThat(login(long72 + "a")).isInstanceOf(Outcome.Known.class);
        assertThat(login(long72 + "b")).isInstanceOf(Outcome.Refused.class);
        assertThat(login(long72)).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aTokenIsGoodForAnHourAndIsNotInTheDatabase() {
        Granted granted = tokens.grant(new Caller(ANNA, "/DC=org/CN=Änna B"), came("my app"));
        assertThat(granted.text()).matches("anna-/DC=org/CN=_nna_B-my_app-[0-9a-f]{32}");
        assertThat(tokens.find(granted.text())).hasValue(granted);
        assertThat(tokens.find(granted.text() + "0")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
        pass(Duration.ofMinutes(59));
        assertThat(tokens.find(granted.text())).isPresent();
        pass(Duration.ofMinutes(1));
        assertThat(tokens.find(granted.text())).isEmpty();
        assertThat(count("select count(*) from token where position('anna'::bytea in digest) > 0"))
                .isZero();
        tokens.grant(granted.caller(), came("x"));
        assertThat(count("select count(*) from token")).isEqualTo(1);
    }

    private long count(String select) {
        return database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(select)) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    @Test
    void aTokenEndsASecondAfterItsIdentityWasTakenBack() {
        map(ANNA, false, "a good one");
        Granted granted = tokens.grant(new Caller(ANNA, "au"), came("x"));
        assertThat(tokens.find(granted.text())).isPresent();
        identities.remove(USER, ANNA);
        pass(Duration.ofMillis(1_001));
        assertThat(tokens.find(granted.text())).isEmpty();
        assertThat(identities.of(ANNA)).isEmpty();
    }
}
