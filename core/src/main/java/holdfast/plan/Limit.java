package holdfast.plan;

import java.time.Duration;
import java.util.function.Function;

/** Each limit of {@link Limits} that is a span of time, with the words a plan file names it by. */
public enum Limit {
    GRACE("first placement within", Limits::grace),
    READ_BACK("read back within", Limits::readBack),
    ARCHIVED("archived within", Limits::archived),
    PROOF_DISK("proof on disk holds", Limits::proofDisk),
    PROOF_TAPE("proof on tape holds", Limits::proofTape),
    SILENCE("silence changes nothing for", Limits::silence),
    DOWNTIME("declared downtime changes nothing for", Limits::downtime),
    REGISTER_AGE("register tells for", Limits::registerAge),
    WAIT_FOR_SITE("wait for one site at most", Limits::waitForSite),
    DRILL("recall drill holds", Limits::drill),
    CLOCK_SKEW("clocks differ by at most", Limits::clockSkew);

    private final String words;
    private final Function<Limits, Duration> value;

    Limit(String words, Function<Limits, Duration> value) {
        this.words = words;
        this.value = value;
    }

    /** The plan file's words for it. */
    public String words() {
        return words;
    }

    /** Its value; for every one of them a longer span is the looser plan. */
    public Duration in(Limits limits) {
        return value.apply(limits);
    }
}
