package holdfast.server.work;

import holdfast.plan.ClassRule;
import holdfast.plan.ClassRule.Membership;
import holdfast.plan.Plan;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StoragePath;
import holdfast.vocabulary.StoragePath.Layout;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether bytes that no row names lie where undeletable data would. Of such bytes only the path is known; in doubt they
 * count as undeletable, for then a person looks.
 */
final class DarkPaths {
    private static final Pattern REWRITTEN = Pattern.compile("^\\.rewritten-[0-9]+/");

    private final Plan plan;
    private final Layout layout;

    DarkPaths(Plan plan, Layout layout) {
        this.plan = plan;
        this.layout = layout;
    }

    boolean mayBeUndeletable(StoragePath path) {
        String plain = REWRITTEN.matcher(path.path()).replaceFirst("");
        return switch (layout) {
            case NAME -> mayBeUndeletable(Optional.empty(), plain);
            case SCOPE_AND_NAME -> scoped(plain);
        };
    }

    private boolean scoped(String plain) {
        int slash = plain.indexOf('/');
        if (slash < 1) {
            return false;
        }
        try {
            return mayBeUndeletable(Optional.of(new Scope(plain.substring(0, slash))), plain.substring(slash + 1));
        } catch (BadWord e) {
            // No scope is called so: no file of ours was ever written there.
            return false;
        }
    }

    /** The path drops a leading slash, so the name may have had one. */
    private boolean mayBeUndeletable(Optional<Scope> scope, String name) {
        return List.of(name, "/" + name).stream().anyMatch(spelling -> first(scope, spelling));
    }

    private boolean first(Optional<Scope> scope, String name) {
        for (ClassRule rule : plan.classes()) {
            Membership membership = rule.byNameAlone(scope, name);
            if (membership != Membership.NO && rule.undeletable()) {
                return true;
            }
            if (membership == Membership.YES) {
                return false;
            }
        }
        return false;
    }
}
