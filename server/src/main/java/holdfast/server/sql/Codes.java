package holdfast.server.sql;

import holdfast.catalog.CopyState;
import holdfast.catalog.FileRow.DigestOrigin;
import holdfast.catalog.FileRow.SourceState;
import holdfast.storage.ProofKind;

/** One letter for each value of a closed set, as the rows keep it. */
final class Codes {
    private static final String COPY_STATES = "APSCUMKRG";
    private static final CopyState[] COPY_BY_CODE = {
        CopyState.ARRIVED,
        CopyState.PROVED,
        CopyState.SUSPECT,
        CopyState.CORRUPT,
        CopyState.UNREADABLE,
        CopyState.MISSING,
        CopyState.CLAIMED,
        CopyState.RELEASING,
        CopyState.RELEASED
    };

    private Codes() {}

    static String of(CopyState state) {
        return switch (state) {
            case ARRIVED -> "A";
            case PROVED -> "P";
            case SUSPECT -> "S";
            case CORRUPT -> "C";
            case UNREADABLE -> "U";
            case MISSING -> "M";
            case CLAIMED -> "K";
            case RELEASING -> "R";
            case RELEASED -> "G";
        };
    }

    static CopyState copyState(String code) {
        return COPY_BY_CODE[COPY_STATES.indexOf(code.charAt(0))];
    }

    static String of(ProofKind kind) {
        return switch (kind) {
            case WHOLE_READ -> "W";
            case MEDIUM -> "M";
            case BUFFER -> "B";
            case SITE_SAYS -> "S";
            case CARTRIDGE_SAMPLE -> "C";
        };
    }

    static ProofKind proofKind(String code) {
        return switch (code) {
            case "W" -> ProofKind.WHOLE_READ;
            case "M" -> ProofKind.MEDIUM;
            case "B" -> ProofKind.BUFFER;
            case "S" -> ProofKind.SITE_SAYS;
            case "C" -> ProofKind.CARTRIDGE_SAMPLE;
            default -> throw new IllegalStateException("unknown code of a proof: " + code);
        };
    }

    static String of(SourceState state) {
        return switch (state) {
            case HELD -> "H";
            case MAY_GO -> "M";
            case UNKNOWN -> "U";
        };
    }

    static SourceState sourceState(String code) {
        return switch (code) {
            case "H" -> SourceState.HELD;
            case "M" -> SourceState.MAY_GO;
            case "U" -> SourceState.UNKNOWN;
            default -> throw new IllegalStateException("unknown code of a source: " + code);
        };
    }

    static String of(DigestOrigin origin) {
        return switch (origin) {
            case SOURCE -> "S";
            case ARRIVAL -> "A";
        };
    }

    static DigestOrigin origin(String code) {
        return switch (code) {
            case "S" -> DigestOrigin.SOURCE;
            case "A" -> DigestOrigin.ARRIVAL;
            default -> throw new IllegalStateException("unknown code of a digest's origin: " + code);
        };
    }
}
