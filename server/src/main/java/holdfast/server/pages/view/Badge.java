package holdfast.server.pages.view;

import holdfast.judgement.ClauseVerdict.Shares;
import holdfast.judgement.Verdict;
import java.util.Optional;

/** A verdict badge: shape, word and colour together, so that none of them is needed alone. */
public enum Badge {
    MET("met", "MET", Shape.TICK),
    BREACHED("bre", "BREACHED", Shape.DIAMOND),
    UNDETERMINED("und", "UNDETERMINED", Shape.QUESTION),
    NOT_A_DUTY("not", "NOT A DUTY", Shape.SHEET),
    ASSUMED("asm", "ASSUMED", Shape.WAVE),
    SHARE_IN("met", "IN", Shape.TICK),
    SHARE_OFF("wrn", "OFF", Shape.DIAMOND),
    SHARE_UNCONFIRMED("und", "UNCONFIRMED", Shape.QUESTION),
    SHARE_NOT_MEASURED("und", "NOT MEASURED", Shape.QUESTION);

    /** The drawing beside the word. */
    public enum Shape {
        TICK,
        DIAMOND,
        QUESTION,
        SHEET,
        WAVE
    }

    private final String css;
    private final String word;
    private final Shape shape;

    Badge(String css, String word, Shape shape) {
        this.css = css;
        this.word = word;
        this.shape = shape;
    }

    public static Badge of(Verdict verdict) {
        return switch (verdict) {
            case MET -> MET;
            case BREACHED -> BREACHED;
            case UNDETERMINED -> UNDETERMINED;
        };
    }

    /** The badge of a clause; a statement has no verdict. */
    public static Badge of(Optional<Verdict> verdict) {
        return verdict.map(Badge::of).orElse(NOT_A_DUTY);
    }

    public static Badge of(Shares.State state) {
        return switch (state) {
            case IN -> SHARE_IN;
            case OFF -> SHARE_OFF;
            case UNCONFIRMED -> SHARE_UNCONFIRMED;
            case NOT_MEASURED -> SHARE_NOT_MEASURED;
        };
    }

    public String css() {
        return css;
    }

    public String word() {
        return word;
    }

    public Shape shape() {
        return shape;
    }

    /** The class of a table row with this badge: a bar at its left edge marks what needs attention; else none. */
    public String row() {
        return switch (this) {
            case BREACHED -> "bad";
            case UNDETERMINED -> "open";
            case MET, NOT_A_DUTY, ASSUMED, SHARE_IN, SHARE_OFF, SHARE_UNCONFIRMED, SHARE_NOT_MEASURED -> "";
        };
    }
}
