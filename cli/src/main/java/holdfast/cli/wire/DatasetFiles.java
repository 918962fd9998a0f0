package holdfast.cli.wire;

import holdfast.formats.Json;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is in a dataset, and putting files into one, in Rucio's words. */
public final class DatasetFiles {
    private static final int ATTACHED_AT_ONCE = 1_000;

    private DatasetFiles() {}

    /** A file of a dataset. */
    public record Member(DataId id, long bytes) {}

    private record Line(String scope, String name, long bytes) {}

    private record Did(String scope, String name) {
        static Did of(DataId id) {
            return new Did(id.scope().name(), id.name());
        }
    }

    private record Kind(String type) {}

    private record Attachment(String scope, String name, List<Did> dids) {}

    private record Attachments(List<Attachment> attachments, boolean ignore_duplicate) {}

    /**
     * The files of a dataset or container, in the server's order.
     *
     * @throws NoServer when there is no such collection
     */
    public static List<Member> of(Catalogue catalogue, DataId dataset) {
        String lines = catalogue
                .find(Route.rucio("dids", dataset.scope().name(), dataset.name(), "files"))
                .orElseThrow(() -> new NoServer("no dataset " + dataset + " is known"));
        List<Member> members = new ArrayList<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            Line one = Json.read(line, Line.class);
            members.add(new Member(new DataId(new Scope(one.scope), one.name), one.bytes));
        });
        return members;
    }

    /**
     * Puts files into a dataset, which is made where there is none; those that are in already stay.
     *
     * @return whether it was made
     * @throws ServerSaysNo when the dataset is closed, of another level, or its name is taken
     */
    public static boolean attach(Catalogue catalogue, DataId dataset, List<DataId> files) {
        Route route = Route.rucio("dids", dataset.scope().name(), dataset.name());
        Optional<String> found = catalogue.find(route);
        if (found.isEmpty()) {
            catalogue.post(route, new Kind("DATASET"));
        }
        for (int from = 0; from < files.size(); from += ATTACHED_AT_ONCE) {
            List<Did> some = files.subList(from, Math.min(from + ATTACHED_AT_ONCE, files.size())).stream()
                    .map(Did::of)
                    .toList();
            Attachment one = new Attachment(dataset.scope().name(), dataset.name(), some);
            catalogue.post(Route.rucio("dids", "attachments"), new Attachments(List.of(one), true));
        }
        return found.isEmpty();
    }
}
