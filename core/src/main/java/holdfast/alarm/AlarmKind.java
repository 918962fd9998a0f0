package holdfast.alarm;

/** What an alarm can be about, the gravest first: the order in which a message names them. */
public enum AlarmKind {
    LOST("LOST"),
    CUSTODY_HOLD("CUSTODY HOLD"),
    BREACH("BREACH"),
    ELEMENT_SUSPECT("ELEMENT SUSPECT"),
    CANARY_MISSED("CANARY MISSED"),
    MEMBERS_SILENT("MEMBERS SILENT"),
    MEMBERS_REFUSED("MEMBERS REFUSED"),
    PROOF_RUNS_OUT("PROOF RUNS OUT"),
    HEAD_STOPPED("HEAD STOPPED"),
    BACKUP_LATE("BACKUP LATE"),
    RESTORE_DRILL_LATE("RESTORE DRILL LATE"),
    DISK_FULL("DISK FULL");

    private final String words;

    AlarmKind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
