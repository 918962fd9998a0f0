package holdfast.server.drivers.s3;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.server.drivers.ElementDriver.Initialised;
import holdfast.server.grid.CephGateway;
import holdfast.storage.StorageDriver.Knock;
import holdfast.storage.StorageDriver.Written;
import holdfast.storage.Visitor;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/** Strangers knock at buckets of a real gateway, with no keys and with those of somebody else. */
@Tag("grid")
class S3DoorTest {
    private static final StoragePath FILE = new StoragePath("raw/run1/file.dat");
    private static final String KEY = "lab/" + FILE.path();

    @TempDir
    private Path folder;

    private CephGateway ceph;
    private CephGateway.User other;
    private Store store;
    private S3Settings settings;
    private S3Driver driver;

    @BeforeEach
    void aBucketWithAFileInIt() {
        ceph = CephGateway.shared();
        CephGateway.User user = ceph.user();
        other = ceph.user();
        store = Store.of(ceph.url(), user.accessKey(), user.secretKey(), folder).make(false);
        settings = knownTo(other.accessKey(), other.secretKey());
        driver = Store.driver(settings);
        assertThat(driver.initialise(true)).isInstanceOf(Initialised.Marked.class);
        assertThat(driver.write(FILE, new ByteSize(5), new ByteArrayInputStream("bytes".getBytes())))
                .isInstanceOf(Written.Done.class);
    }

    @AfterEach
    void end() {
        driver.close();
        store.close();
    }

    @Test
    void aBucketOfOursRefusesWhoShowsNothingAndWhoIsNoMember() {
        for (Visitor visitor : Visitor.values()) {
            assertThat(driver.knock(FILE, visitor))
                    .isInstanceOfSatisfying(
                            Knock.Refused.class, r -> assertThat(r.seen()).contains("HEAD", "GET", "list", "403"));
        }
    }

    @Test
    void aBucketThatAnybodyListsLetsThemIn() {
        try (S3Client owner = store.owner()) {
            owner.putBucketAcl(b -> b.bucket(store.bucket()).acl(BucketCannedACL.PUBLIC_READ));
        }
        assertThat(driver.knock(FILE, Visitor.ANONYMOUS))
                .isInstanceOfSatisfying(
                        Knock.LetIn.class, in -> assertThat(in.seen()).contains("the list"));
    }

    @Test
    void anObjectThatAnybodyReadsLetsThemIn() {
        try (S3Client owner = store.owner()) {
            owner.putObjectAcl(o -> o.bucket(store.bucket()).key(KEY).acl(ObjectCannedACL.PUBLIC_READ));
        }
        assertThat(driver.knock(FILE, Visitor.ANONYMOUS)).isInstanceOf(Knock.LetIn.class);
    }

    @Test
    void anObjectThatWhoeverHasKeysReadsLetsNonMembersInAndNobodyElse() {
        try (S3Client owner = store.owner()) {
            owner.putObjectAcl(o -> o.bucket(store.bucket()).key(KEY).acl(ObjectCannedACL.AUTHENTICATED_READ));
        }
        assertThat(driver.knock(FILE, Visitor.ANONYMOUS)).isInstanceOf(Knock.Refused.class);
        assertThat(driver.knock(FILE, Visitor.STRANGER)).isInstanceOf(Knock.LetIn.class);
    }

    @Test
    void nothingIsToldOfWhatWeDoNotSeeOurselves() {
        assertThat(driver.knock(new StoragePath("raw/run1/nothing.dat"), Visitor.ANONYMOUS))
                .isInstanceOf(Knock.NotKnown.class);
    }

    @Test
    void nothingIsToldByKeysThatTheGatewayDoesNotKnow() {
        try (S3Driver wrong = Store.driver(knownTo("NOBODY", "nothing"))) {
            assertThat(wrong.initialise(false)).isInstanceOf(Initialised.Known.class);
            assertThat(wrong.knock(FILE, Visitor.STRANGER))
                    .isInstanceOfSatisfying(
                            Knock.NotKnown.class, k -> assertThat(k.why()).contains("keys of the non-member"));
        }
    }

    @Test
    void whereNoKeysOfANonMemberAreNamedThatIsSaid() {
        try (S3Driver bare = Store.driver(store.settings(false, OptionalInt.empty()))) {
            assertThat(bare.knock(FILE, Visitor.STRANGER))
                    .isInstanceOfSatisfying(
                            Knock.NotKnown.class, k -> assertThat(k.why()).contains("stranger-secret-file"));
        }
    }

    @Test
    void aGatewayThatIsGoneTellsNothing() {
        ceph.kill();
        try {
            assertThat(driver.knock(FILE, Visitor.ANONYMOUS)).isInstanceOf(Knock.NotKnown.class);
        } finally {
            ceph.restart();
        }
    }

    private S3Settings knownTo(String accessKey, String secretKey) {
        S3Settings bare = store.settings(false, OptionalInt.empty());
        return new S3Settings(
                bare.endpoint(),
                bare.place(),
                new S3Settings.Keys(bare.keys().own(), Optional.of(store.secret(accessKey + "\n" + secretKey + "\n"))),
                bare.partBytes(),
                bare.lockDays(),
                bare.answersWithin(),
                bare.kept());
    }
}
