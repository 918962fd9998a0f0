package holdfast.server.drivers.taperest;

import tools.jackson.databind.JsonNode;

/** How far one file of a stage request is. */
enum StageState {
    WAITING,
    ONLINE,
    FAILED,
    CANCELLED;

    boolean isOver() {
        return this != WAITING;
    }

    /** Of a file in an answer: some servers tell a state, others whether it is on disk; a word nobody knows ends nothing. */
    static StageState of(JsonNode file) {
        String state = file.path("state").asString("");
        return switch (state) {
            case "COMPLETED" -> ONLINE;
            case "FAILED" -> FAILED;
            case "CANCELLED", "CANCELED" -> CANCELLED;
            case "" -> byDisk(file);
            case String notOver -> WAITING;
        };
    }

    private static StageState byDisk(JsonNode file) {
        if (file.path("onDisk").asBoolean(false)) {
            return ONLINE;
        }
        return file.path("error").asString("").isEmpty() ? WAITING : FAILED;
    }
}
