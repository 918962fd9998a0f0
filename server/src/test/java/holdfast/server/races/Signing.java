package holdfast.server.races;

import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.server.work.ActRefused;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Two people who sign whatever they are asked. */
final class Signing {
    static final Actor ALICE = new Actor("alice");
    static final Actor BOB = new Actor("bob");
    private static final Actor KEEPER = new Actor("keeper");
    private static final Map<Actor, KeyPair> KEYS = Map.of(ALICE, pair(), BOB, pair());

    private Signing() {}

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets both sign in a house. */
    static void begin(Node node) {
        KEYS.forEach((name, pair) -> node.acts.name(
                new Signer(
                        name,
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())),
                KEEPER));
    }

    /** A release that one of the two has signed. */
    static SignedAct halfSigned(Node node, StorageName from, DataId file) {
        SignedAct proposed = node.acts.propose(new Act.ReleaseCopies(from, List.of(file)), "makes room", KEEPER);
        sign(node, proposed, ALICE);
        return proposed;
    }

    /** A release that both have signed. */
    static SignedAct signed(Node node, StorageName from, DataId file) {
        SignedAct act = halfSigned(node, from, file);
        sign(node, act, BOB);
        return act;
    }

    /** A second release by one who proposes and two who sign; whether it was granted. */
    static boolean release(Node node, StorageName from, DataId file) {
        try {
            return sign(node, halfSigned(node, from, file), BOB);
        } catch (ActRefused refused) {
            return false;
        }
    }

    /** Whether the signature was taken, and not refused by a guard. */
    static boolean sign(Node node, SignedAct act, Actor name) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KEYS.get(name).getPrivate());
            signer.update(act.statement(name).getBytes(StandardCharsets.UTF_8));
            node.acts.sign(act.id(), name, Base64.getEncoder().encodeToString(signer.sign()));
            return true;
        } catch (ActRefused refused) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void withdraw(Node node, SignedAct act) {
        try {
            node.acts.withdraw(act.id(), KEEPER, "not now");
        } catch (ActRefused tooLate) {
            return;
        }
    }
}
