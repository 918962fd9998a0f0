package holdfast.formats.rucio;

import java.util.List;

/** Some of what a collection holds. */
public record RucioContents(String scope, String name, List<RucioDid> children) {
    public RucioContents {
        children = List.copyOf(children);
    }
}
