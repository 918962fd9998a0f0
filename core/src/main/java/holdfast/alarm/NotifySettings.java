package holdfast.alarm;

import java.util.List;

/** Who is told what and when. @param house what messages call this house */
public record NotifySettings(String house, Rules rules, Thresholds thresholds, List<Channel> channels) {
    /** Nobody is told; alarms are kept all the same. */
    public static final NotifySettings NOBODY =
            new NotifySettings("Holdfast", Rules.DEFAULTS, Thresholds.DEFAULTS, List.of());

    public NotifySettings {
        channels = List.copyOf(channels);
    }
}
