package holdfast.formats;

import holdfast.transfer.Shares;
import holdfast.vocabulary.Activity;
import holdfast.vocabulary.BadWord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the part of a policy file that says how activities share the roads. */
final class SharesReader {
    private static final int MOST = 1_000_000;

    private SharesReader() {}

    /** @param policy the fields of the whole policy */
    static Shares read(Fields policy) {
        Map<Activity, Integer> shares = new HashMap<>();
        for (Item.Field field : policy.table("activities").fields()) {
            Optional<Activity> activity = activity(field, policy.findings());
            Optional<Integer> share = share(field, policy.findings());
            activity.ifPresent(a -> share.ifPresent(s -> shares.put(a, s)));
        }
        return new Shares(shares);
    }

    private static Optional<Activity> activity(Item.Field field, Findings findings) {
        try {
            return Optional.of(new Activity(field.name()));
        } catch (BadWord bad) {
            findings.add(field.key().spot(), String.valueOf(bad.getMessage()), "");
            return Optional.empty();
        }
    }

    private static Optional<Integer> share(Item.Field field, Findings findings) {
        if (field.value() instanceof Item.Word word && word.text().matches("[1-9][0-9]{0,6}")) {
            int share = Integer.parseInt(word.text());
            if (share <= MOST) {
                return Optional.of(share);
            }
        }
        findings.add(
                field.value().spot(),
                "the share of '" + field.name() + "' is no such number",
                "write a whole number from 1 to " + MOST);
        return Optional.empty();
    }
}
