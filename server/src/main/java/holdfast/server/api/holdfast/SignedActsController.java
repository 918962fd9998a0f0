package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.access.Viewer;
import holdfast.retention.Act;
import holdfast.retention.Hold;
import holdfast.retention.RetentionFact.SignerNamed;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.State;
import holdfast.retention.Signer;
import holdfast.server.config.Adoption;
import holdfast.server.work.Acts;
import holdfast.server.work.Cartridges;
import holdfast.server.work.Cartridges.Cartridge;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.Visible;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Acts that need signatures: proposing, signing, giving up; who may sign; the custody hold. */
@RestController
@RequestMapping("/api")
class SignedActsController {
    private final Acts acts;
    private final Cartridges cartridges;
    private final Adoption adoption;

    SignedActsController(Acts acts, Cartridges cartridges, Adoption adoption) {
        this.acts = acts;
        this.cartridges = cartridges;
        this.adoption = adoption;
    }

    record SignerSaid(String name, String key, boolean retired) {
        static SignerSaid of(SignerNamed named) {
            return new SignerSaid(named.signer().name().name(), named.signer().key(), named.retired());
        }
    }

    record SignerAsked(String name, String key) {}

    /** @param proof a signature of the intention, where the proposer signs at once */
    record Asked(
            String text, String reason, String by, @Nullable String proof) {}

    record SignatureGiven(String signer, String signature) {}

    record GivenUp(String by, String reason) {}

    record WithheldSaid(String file, String why, Instant since) {}

    /**
     * An act as it stands; its text is what is signed.
     *
     * @param signers whose signatures count now
     * @param lapsed who signed and must sign again
     * @param withheld why it is signed and not carried out
     * @param givenUp why it was withdrawn
     */
    record ActSaid(
            String id,
            String act,
            @Nullable String about,
            String reason,
            String state,
            Instant since,
            String by,
            Instant proposedAt,
            int needed,
            List<String> signers,
            List<String> lapsed,
            List<WithheldSaid> withheld,
            @Nullable String givenUp,
            @Nullable Instant undoUntil,
            @Nullable Instant goFrom,
            String text) {
        static ActSaid of(SignedAct act, Acts acts) {
            List<String> counting = names(acts.counting(act));
            boolean waits = act.act().waits() && act.state() == State.SIGNED;
            return new ActSaid(
                    act.id().toString(),
                    act.act().word(),
                    act.act().about().map(StorageName::name).orElse(null),
                    act.reason(),
                    act.state().name(),
                    act.since(),
                    act.proposal().by().name(),
                    act.proposal().at(),
                    act.act().needed(),
                    counting,
                    names(act.signatures()).stream()
                            .filter(name -> !counting.contains(name))
                            .toList(),
                    acts.withheld(act).stream()
                            .map(w -> new WithheldSaid(w.file().toString(), w.why(), w.since()))
                            .toList(),
                    act.givenUp().orElse(null),
                    waits ? act.undoUntil() : null,
                    acts.mayGoFrom(act).orElse(null),
                    act.act().text());
        }

        private static List<String> names(List<SignedAct.Signature> signatures) {
            return signatures.stream().map(s -> s.signer().name()).toList();
        }
    }

    private ActSaid said(SignedAct act) {
        return ActSaid.of(act, acts);
    }

    /** The custody hold; without a cause there is none. */
    record HoldSaid(
            @Nullable String cause,
            @Nullable Instant since,
            @Nullable String why,
            boolean factsMayBeMissing) {}

    @GetMapping("/signers")
    List<SignerSaid> signers() {
        return acts.signers().stream().map(SignerSaid::of).toList();
    }

    @PostMapping("/signers")
    SignerSaid name(@RequestBody SignerAsked asked, Actor by, Viewer viewer) {
        if (!(viewer instanceof Viewer.Custodian) && acts.areKeysGivenOut()) {
            throw new Problem.Told(
                    Problem.REFUSED,
                    "the custodian names the keys of signers: the plan in force has no source of members");
        }
        Signer signer = new Signer(new Actor(asked.name), asked.key);
        acts.name(signer, by);
        return SignerSaid.of(new SignerNamed(signer, false));
    }

    @PostMapping("/signers/{name}/retire")
    void retire(@PathVariable String name, Actor by) {
        acts.retire(new Actor(name), by);
    }

    /** Acts that wait for something; with {@code all}, every act that ever was, the newest first. */
    @GetMapping("/acts")
    List<ActSaid> list(@RequestParam(defaultValue = "false") boolean all) {
        return acts.all().stream()
                .filter(a -> all || a.state() == State.OPEN || a.state() == State.SIGNED)
                .map(this::said)
                .toList();
    }

    /**
     * What waits for whoever asks: where they may sign today, each act that is open; and what they proposed or signed themselves. To
     * name a key opens nothing, and an act that names what they may not know of is not there.
     */
    @GetMapping("/acts/waiting")
    List<ActSaid> waiting(Actor by, Visible sees) {
        if (acts.areKeysGivenOut()) {
            throw new Problem.Told(
                    Problem.REFUSED,
                    "signers are no accounts under the plan in force; ask the custodian for the id of the act");
        }
        boolean signs = acts.maySign(by);
        return acts.goingOn().stream()
                .filter(act -> signs && act.state() == State.OPEN
                        || act.hasSigned(by)
                        || act.proposal().by().equals(by))
                .filter(act -> act.act().scopes().allMatch(sees::allows))
                .map(this::said)
                .toList();
    }

    @GetMapping("/acts/{id}")
    ActSaid one(@PathVariable UUID id) {
        return acts.find(id)
                .map(this::said)
                .orElseThrow(() -> new Problem.Told(Problem.NOT_FOUND, "there is no act " + id));
    }

    @PostMapping("/acts")
    ActSaid propose(@RequestBody Asked asked, @RequestParam(defaultValue = "false") boolean dryRun) {
        Act act = Act.parse(asked.text);
        Actor by = new Actor(asked.by);
        return said(
                dryRun
                        ? acts.tried(act, asked.reason, by)
                        : acts.propose(act, asked.reason, by, Optional.ofNullable(asked.proof)));
    }

    @PostMapping("/acts/{id}/signatures")
    ActSaid sign(@PathVariable UUID id, @RequestBody SignatureGiven given) {
        return said(acts.sign(id, new Actor(given.signer), given.signature));
    }

    /** Whoever runs the house, who proposed it, and everybody who signed it can each stop it alone. */
    @PostMapping("/acts/{id}/withdraw")
    ActSaid withdraw(@PathVariable UUID id, @RequestBody GivenUp given, Actor by, Viewer viewer) {
        if (viewer instanceof Viewer.Custodian) {
            return said(acts.withdraw(id, new Actor(given.by), given.reason));
        }
        SignedAct act = acts.find(id).orElseThrow(() -> new Problem.Told(Problem.NOT_FOUND, "there is no act " + id));
        // Where keys are given out, a signer's name is no account's.
        boolean theirs = !acts.areKeysGivenOut()
                && (act.hasSigned(by) || act.proposal().by().equals(by));
        if (!theirs) {
            throw new Problem.Told(
                    Problem.REFUSED,
                    "%s neither proposed nor signed act %s; one of those, or an administrator, can withdraw it"
                            .formatted(by, id));
        }
        return said(acts.withdraw(id, by, given.reason));
    }

    @GetMapping("/cartridges")
    Cartridge cartridge(@RequestParam String element, @RequestParam String label, Reach reach) {
        Reaching.elements(adoption.get().sites(), Optional.of(element), reach);
        return cartridges.look(new StorageName(element), label);
    }

    @GetMapping("/hold")
    HoldSaid hold() {
        Optional<Hold> hold = acts.hold();
        return new HoldSaid(
                hold.map(h -> h.cause().name()).orElse(null),
                hold.map(Hold::since).orElse(null),
                hold.map(Hold::why).orElse(null),
                hold.map(h -> h.cause().losesFacts()).orElse(false));
    }
}
