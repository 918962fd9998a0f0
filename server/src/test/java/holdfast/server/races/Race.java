package holdfast.server.races;

import java.util.Map;
import java.util.TreeMap;

/** One kind of race: sets a scene, lets actors loose on it in an order that the seed gives, and checks what is left. */
interface Race {
    /**
     * Plays one interleaving.
     *
     * @throws AssertionError when something that must hold does not
     */
    void play(Ground ground, long seed);

    /** All of them, by the names under which their failures are kept. */
    static Map<String, Race> all() {
        Map<String, Race> races = new TreeMap<>();
        races.put("two-workers-on-one-home", new TwoWorkersOnOneHome());
        races.put("two-nodes-leasing", new TwoNodesLeasing());
        races.put("register-against-arrival", new RegisterAgainstArrival());
        races.put("arrival-meets-release", new ArrivalMeetsRelease());
        races.put("two-releases", new TwoReleases());
        races.put("release-against-corruption", new ReleaseAgainstCorruption());
        races.put("rule-against-release", new RuleAgainstRelease());
        races.put("promise-against-release", new PromiseAgainstRelease());
        races.put("signing-against-leaving", new SigningAgainstLeaving());
        races.put("ground-against-attending", new GroundAgainstAttending());
        return races;
    }
}
