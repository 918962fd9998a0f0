package holdfast.cli.fetch;

import holdfast.vocabulary.DataId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives wanted files their places below a folder; a name can never lead out of it. */
public final class Targets {
    private static final String PART = ".part";

    private Targets() {}

    /** Files and their places, and those that can have none. */
    public record Chosen(List<Wanted> wanted, List<Fetched> refused) {}

    /** @param tree whether a file lies below the folders of its whole name, or under the last part of it */
    public static Chosen below(Path folder, boolean tree, List<DataId> ids) {
        List<Wanted> wanted = new ArrayList<>();
        List<Fetched> refused = new ArrayList<>();
        Map<Path, DataId> taken = new HashMap<>();
        Set<DataId> once = new LinkedHashSet<>(ids);
        for (DataId id : once) {
            String path = tree ? id.name() : id.name().substring(id.name().lastIndexOf('/') + 1);
            String problem = problem(path);
            if (!problem.isEmpty()) {
                refused.add(Fetched.refused(new Wanted(id, folder), problem));
                continue;
            }
            Wanted one = new Wanted(id, folder.resolve(trimmed(path)));
            DataId same = taken.putIfAbsent(one.target(), id);
            if (same == null) {
                wanted.add(one);
            } else {
                refused.add(Fetched.refused(
                        one, "%s has this place too; keep whole names apart with --tree".formatted(same)));
            }
        }
        return new Chosen(wanted, refused);
    }

    private static String trimmed(String path) {
        return path.replaceFirst("^/+", "");
    }

    private static String problem(String path) {
        String said = trimmed(path);
        try {
            var _ = Path.of(said);
        } catch (InvalidPathException bad) {
            return "its name cannot be a path here: " + bad.getReason();
        }
        boolean leads =
                List.of(said.split("/", -1)).stream().anyMatch(s -> s.equals("..") || s.equals(".") || s.isEmpty());
        if (leads) {
            return "its name has an empty part, '.' or '..', and would lead elsewhere; nothing is written";
        }
        return said.endsWith(PART) ? "its name ends in .part, as unfinished files do; nothing is written" : "";
    }
}
