package holdfast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedHeadTest {

    /** The first test key of RFC 8032, section 7.1, in the encodings of RFC 8410. */
    private static final String SECRET =
            "302e020100300506032b657004220420" + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC =
            "302a300506032b6570032100" + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    @Test
    void goldenHeadsKeepTheirSignaturesForEver() throws GeneralSecurityException {
        for (List<String> row : Golden.rows("signed-heads.tsv")) {
            Hash root = Hash.parse(row.get(1));
            SignedHead head = SignedHead.sign(
                    Long.parseLong(row.get(0)), root, Micros.instant(Long.parseLong(row.get(2))), secret());
            assertThat(head.text()).isEqualTo(row.get(4));
            assertThat(SignedHead.parse(row.get(4))).isEqualTo(head);
            assertThat(head.isSignedBy(key())).isTrue();
        }
    }

    @Test
    void aHeadChangedAnywhereIsNotSigned() throws GeneralSecurityException {
        SignedHead head =
                SignedHead.parse(Golden.rows("signed-heads.tsv").get(2).get(4));
        SignedHead size = new SignedHead(head.size() - 1, head.root(), head.at(), head.signature());
        SignedHead root = new SignedHead(head.size(), Hash.EMPTY, head.at(), head.signature());
        SignedHead time = new SignedHead(head.size(), head.root(), head.at().plusMillis(1), head.signature());
        SignedHead unsigned = new SignedHead(head.size(), head.root(), head.at(), "no base64!");
        assertThat(List.of(size, root, time, unsigned)).noneMatch(h -> h.isSignedBy(key()));
        PublicKey other =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
        assertThat(head.isSignedBy(other)).isFalse();
    }

    @Test
    void textThatIsNoHeadIsRefused() {
        for (String text : List.of("", "holdfast-head 2 0 a 0 b", "holdfast-head 1 x " + Hash.EMPTY + " 0 b")) {
            assertThatThrownBy(() -> SignedHead.parse(text)).isInstanceOf(BadEntry.class);
        }
    }

    private static PrivateKey secret() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519")
                .generatePrivate(new PKCS8EncodedKeySpec(HexFormat.of().parseHex(SECRET)));
    }

    private static PublicKey key() {
        try {
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(PUBLIC)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
