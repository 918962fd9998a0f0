package holdfast.server.pages.view;

import holdfast.vocabulary.DataId;
import java.util.ArrayList;
import java.util.List;

/**
 * A name that may break after its slashes and nowhere else.
 *
 * @param scope with its colon
 * @param parts the name, cut after each slash
 */
public record Did(String scope, List<String> parts) {
    public static Did of(DataId id) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < id.name().length(); i++) {
            if (id.name().charAt(i) == '/') {
                parts.add(id.name().substring(from, i + 1));
                from = i + 1;
            }
        }
        parts.add(id.name().substring(from));
        return new Did(
                id.scope() + ":", parts.stream().filter(p -> !p.isEmpty()).toList());
    }
}
