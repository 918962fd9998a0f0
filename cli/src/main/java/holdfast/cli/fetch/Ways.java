package holdfast.cli.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways to a file's bytes, the best first: copies that the server can read now before others, proved before unproved,
 * disk before tape; of equally good ones first those that do not go through the server, then in the server's order.
 */
final class Ways {
    private static final Pattern FOLDER = Pattern.compile("file://(?:localhost)?(?::\\d+)?(/.*)", Pattern.DOTALL);
    private static final Pattern WEB =
            Pattern.compile("(https|davs|http|dav)://([^/?]+)(/[^?]*)([?].*)?", Pattern.DOTALL);
    private static final List<String> STATES = List.of("PROVED", "ARRIVED", "CLAIMED", "SUSPECT");

    private Ways() {}

    private record Ranked(Described.Source source, int place, Way way) {
        boolean isServed() {
            return way instanceof Way.Served;
        }
    }

    private static final Comparator<Ranked> BEST_FIRST = Comparator.comparing((Ranked r) -> !r.source.served())
            .thenComparing(r -> rank(r.source.state()))
            .thenComparing(r -> r.source.tape())
            .thenComparing(Ranked::isServed)
            .thenComparing(Ranked::place);

    private static int rank(String state) {
        int place = STATES.indexOf(state);
        return place < 0 ? STATES.size() : place;
    }

    /** @param choice which sources may be used */
    static List<Way> of(Described file, FetchOrder.Choice choice) {
        List<Ranked> all = new ArrayList<>();
        for (int i = 0; i < file.sources().size(); i++) {
            Described.Source source = file.sources().get(i);
            if (choice.source().map(source.storage()::equals).orElse(true)) {
                for (Way way : ways(source, choice.direct())) {
                    all.add(new Ranked(source, i, way));
                }
            }
        }
        return all.stream().sorted(BEST_FIRST).map(Ranked::way).toList();
    }

    private static List<Way> ways(Described.Source source, boolean direct) {
        List<Way> ways = new ArrayList<>();
        if (direct) {
            source.known().forEach(address -> direct(source.storage(), address).ifPresent(ways::add));
        }
        if (source.served()) {
            ways.add(new Way.Served(source.storage()));
        }
        return ways;
    }

    /** A folder counts only where it is on this machine too. */
    private static Optional<Way> direct(String storage, String address) {
        Matcher folder = FOLDER.matcher(address);
        if (folder.matches()) {
            return path(folder.group(1)).filter(Files::isRegularFile).map(p -> new Way.Folder(storage, p));
        }
        return web(address).map(uri -> new Way.Web(storage, uri));
    }

    /** Addresses hold paths as they are; one with a query was made by somebody who escaped it. */
    private static Optional<URI> web(String address) {
        Matcher web = WEB.matcher(address);
        if (!web.matches()) {
            return Optional.empty();
        }
        String scheme = web.group(1).startsWith("dav") ? "http" + web.group(1).substring(3) : web.group(1);
        try {
            URI uri = web.group(4) == null
                    ? new URI(scheme, web.group(2), web.group(3), null, null)
                    : new URI(scheme + "://" + web.group(2) + web.group(3) + web.group(4));
            return Optional.of(uri).filter(u -> u.getHost() != null);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException notOfThisSystem) {
            return Optional.empty();
        }
    }
}
