package holdfast.server.api.rucio.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the endpoint of a raw path. Of two templates that fit the one with more words of its own answers. */
final class Router {
    private final Map<String, List<Route>> byFirst = new HashMap<>();

    /** What a path leads to. */
    sealed interface Found {
        record Endpoint(Route route, Map<String, String> variables) implements Found {}

        /** The path exists, but not with this method. */
        record OtherVerbs(Set<Verb> verbs) implements Found {}

        record Nothing() implements Found {}
    }

    Router(List<Route> routes) {
        routes.stream()
                .sorted(Comparator.comparingInt(
                        (Route route) -> -route.endpoint().template().literals()))
                .forEach(route -> byFirst.computeIfAbsent(
                                first(route.endpoint().template().toString()), k -> new ArrayList<>())
                        .add(route));
    }

    private static String first(String path) {
        return Template.segments(path).stream().findFirst().orElse("");
    }

    /** @param path raw, below the mount, such as {@code /dids/mc/%2Fa%2Fb/meta} */
    Found find(Verb verb, String path) {
        List<String> decoded =
                Template.segments(path).stream().map(Percent::path).toList();
        Set<Verb> others = EnumSet.noneOf(Verb.class);
        for (Route route : byFirst.getOrDefault(decoded.isEmpty() ? "" : decoded.getFirst(), List.of())) {
            Optional<Map<String, String>> variables =
                    route.endpoint().template().match(decoded);
            if (variables.isPresent() && route.endpoint().verb() == verb) {
                return new Found.Endpoint(route, variables.get());
            }
            variables.ifPresent(v -> others.add(route.endpoint().verb()));
        }
        return others.isEmpty() ? new Found.Nothing() : new Found.OtherVerbs(others);
    }
}
