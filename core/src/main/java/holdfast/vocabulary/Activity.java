package holdfast.vocabulary;

import java.util.Optional;
import java.util.regex.Pattern;

/** What copies are carried for, by which the roads are shared: an activity of rules, or the clauses' own. */
public record Activity(String name) implements Comparable<Activity> {
    private static final Pattern FORM = Pattern.compile("[^\\p{Cntrl}]{1,100}");

    /** Copies that the plan's clauses ask for. */
    public static final Activity CUSTODY = new Activity("custody");

    /** Of rules that name none. */
    public static final Activity USUAL = new Activity("User Subscriptions");

    public Activity {
        if (!FORM.matcher(name).matches()) {
            throw new BadWord("activity", name, "1 to 100 characters, none of them a control character");
        }
    }

    /** What a rule says; what has no form of an activity is the usual one. */
    public static Activity ofRule(Optional<String> said) {
        return said.filter(s -> FORM.matcher(s).matches()).map(Activity::new).orElse(USUAL);
    }

    @Override
    public int compareTo(Activity other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
