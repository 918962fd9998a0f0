package holdfast.formats.rucio;

import java.util.Locale;

/** The files of a dump of Rucio's tables. */
public enum DumpPart {
    SCOPES,
    ACCOUNTS,
    RSES,
    DIDS,
    CONTENTS,
    REPLICAS,
    RULES,
    LOCKS;

    /** Its file in the dump's folder. */
    public String file() {
        return name().toLowerCase(Locale.ROOT) + ".jsonl";
    }

    /** Whether its lines must come in the order of scope and name, so that memory need not grow with them. */
    boolean isOrdered() {
        return this == DIDS || this == REPLICAS;
    }
}
