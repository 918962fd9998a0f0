package holdfast.formats;

/** Verdicts as JSON, and back: the one form that the server answers, bundles carry and the command line reads. */
public final class VerdictJson {
    private VerdictJson() {}

    public static String write(VerdictReport report) {
        return Json.write(report);
    }

    /** @throws Result.BadFile when the text is no such report; the message says where */
    public static VerdictReport read(String text) {
        return Json.read(text, VerdictReport.class);
    }
}
