package holdfast.server.config;

import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.retention.Signer;
import holdfast.server.work.Acts;
import holdfast.vocabulary.Actor;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two local identities who sign acts. */
final class Signatures {
    private static final List<String> BOTH = List.of("alice", "bob");

    private final Map<String, KeyPair> keys = new TreeMap<>();

    /** Makes both known to a house. */
    void name(Acts acts, Actor by) throws GeneralSecurityException {
        for (String name : BOTH) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            keys.put(name, pair);
            String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            acts.name(new Signer(new Actor(name), open), by);
        }
    }

    /** Proposes an act and has both sign it. */
    SignedAct signedByBoth(Acts acts, Act act, Actor by) throws GeneralSecurityException {
        return byBoth(acts, acts.propose(act, "for the test", by));
    }

    /** Has both sign what was proposed. */
    SignedAct byBoth(Acts acts, SignedAct proposed) throws GeneralSecurityException {
        SignedAct signed = proposed;
        for (String name : BOTH) {
            signed = by(acts, proposed, name);
        }
        return signed;
    }

    SignedAct by(Acts acts, SignedAct proposed, String name) throws GeneralSecurityException {
        return acts.sign(proposed.id(), new Actor(name), signature(proposed, name));
    }

    private String signature(SignedAct act, String name) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.get(name).getPrivate());
        signer.update(act.statement(new Actor(name)).getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signer.sign());
    }
}
