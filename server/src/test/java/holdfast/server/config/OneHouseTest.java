package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.SignedHead;
import holdfast.server.drivers.Disk;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.keeping.HeadsOutside;
import holdfast.server.keeping.Outside;
import holdfast.server.keeping.SigningKey;
import holdfast.server.sql.Database;
import holdfast.server.sql.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is one for all nodes of a house: its key, its plan, its numbers, its heads. */
class OneHouseTest {
    @TempDir
    Path folder;

    private Laboratory lab;

    @BeforeEach
    void build() throws Exception {
        lab = new Laboratory(TestDatabase.migrated(), folder);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    private House another(Path data) throws Exception {
        return House.on(new Options(data, 0, Optional.empty(), Optional.of(lab.address())));
    }

    private Path withKey(String name) throws Exception {
        Path keys = Files.createDirectories(folder.resolve(name).resolve("keys"));
        for (String file : List.of("journal.key", "journal.pub")) {
            Files.copy(lab.data().resolve("keys").resolve(file), keys.resolve(file));
        }
        return folder.resolve(name);
    }

    @Test
    void aNodeWithoutTheHousesKeyDoesNotStartAndSaysWhereToGetIt() {
        assertThatThrownBy(() -> another(folder.resolve("keyless")))
                .isInstanceOf(SigningKey.NotTheHouses.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("copy journal.key");
        assertThat(folder.resolve("keyless/keys/journal.key")).doesNotExist();
    }

    @Test
    void aNodeWithAnotherKeyDoesNotStart() throws Exception {
        SigningKey.in(folder.resolve("stranger/keys"), new Disk());
        assertThatThrownBy(() -> another(folder.resolve("stranger")))
                .isInstanceOf(SigningKey.NotTheHouses.class)
                .hasMessageContaining("is another one");
    }

    @Test
    void everyNodeWritesDownTheHeadsOfWhicheverNodeSigns() throws Exception {
        lab.send(Laboratory.id("/lab/raw/a.dat"), Laboratory.bytes("a"));
        SignedHead signed = lab.house.keeper.head();
        try (House node = another(withKey("second"))) {
            assertThat(node.keeper.heads().newest()).isEmpty();
            node.keeper.step();
            assertThat(node.keeper.heads().newest()).hasValue(signed);
            node.keeper.step();
        }
        assertThat(Files.readAllLines(folder.resolve("second/journal/heads.txt")))
                .containsExactly(signed.text());
    }

    @Test
    void aHeadTornByAKillIsPassedOver() throws Exception {
        lab.send(Laboratory.id("/lab/raw/a.dat"), Laboratory.bytes("a"));
        SignedHead signed = lab.house.keeper.head();
        Path heads = lab.data().resolve("journal/heads.txt");
        Files.writeString(heads, "holdfast-head 1 99 0a", StandardOpenOption.APPEND);
        assertThat(new HeadsOutside(Outside.in(heads.getParent(), new Disk())).newest())
                .hasValue(signed);
    }

    @Test
    void aNodeAttendsNothingByAPlanThatIsInForceNoMore() throws Exception {
        try (House node = another(withKey("second"))) {
            Adoption.Texts texts = lab.house.adoption.texts();
            lab.house.adoption.adopt(
                    new Adoption.Texts(
                            texts.plan().replace("version: '1'", "version: '2'"), texts.sites(), texts.policy()),
                    new holdfast.vocabulary.Actor("administrator"));
            lab.send(Laboratory.id("/lab/raw/a.dat"), Laboratory.bytes("a"));

            assertThat(node.attendant.step()).isZero();
            assertThat(lab.count("select count(*) from due")).isPositive();

            node.adoption.refresh();
            assertThat(node.attendant.step()).isPositive();
            assertThat(lab.count("select count(*) from due")).isZero();
        }
    }

    @Test
    void aSecondNodeStartsWithoutFilesAndAdoptsNothingAgain() throws Exception {
        try (House node = another(withKey("second"))) {
            assertThat(node.adoption.get().plan())
                    .isEqualTo(lab.house.adoption.get().plan());
            assertThat(lab.count("select count(*) from adopted")).isEqualTo(1);
            State.Ground ground = node.database.read(node.state::ground);
            assertThat(ground).isEqualTo(lab.house.database.read(lab.house.state::ground));
        }
    }

    @Test
    void aSecretRotatedElsewhereIsKnownAndTheOldOneIsWorthNothing() throws Exception {
        try (House node = another(withKey("second"))) {
            assertThat(folder.resolve("second/admin.secret")).doesNotExist();
            String old = Files.readString(lab.data().resolve("admin.secret")).strip();
            assertThat(node.entrance.secret.matches(old)).isTrue();
            String fresh = lab.house.entrance.secret.rotate();
            long end = System.nanoTime() + 5_000_000_000L;
            while (!node.entrance.secret.matches(fresh) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(node.entrance.secret.matches(fresh)).isTrue();
            assertThat(node.entrance.secret.matches(old)).isFalse();
        }
    }

    @Test
    void aStatementThatMeetsAServerWithoutWritesIsNoUnknownCommit() {
        assertThatThrownBy(() -> lab.house.database.stream(connection -> connection
                        .prepareStatement("insert into memory values ('a', 'b', 1)")
                        .executeUpdate()))
                .isInstanceOf(Database.Failed.class);
    }
}
