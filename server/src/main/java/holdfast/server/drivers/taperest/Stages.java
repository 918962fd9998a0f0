package holdfast.server.drivers.taperest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * What a site was asked to bring to disk and what became of it, for all who recall at one element: a file that is being staged
 * is asked for by nobody twice, and whoever asks next goes on where the last one stopped waiting. Kept in memory: after a new
 * start what was brought looks like any file on disk, and its server lets go of it when its disk lifetime is over.
 */
final class Stages {
    private final TapeRestSettings settings;
    private final Map<ServerPath, Pin> pins = new HashMap<>();
    private final List<Request> open = new ArrayList<>();
    /** Requests that are on their way to the server. */
    private int leaving;

    private int batch;

    Stages(TapeRestSettings settings) {
        this.settings = settings;
        batch = settings.batch();
    }

    /** One request that is not over. */
    static final class Request {
        private final RequestId id;
        private final List<ServerPath> paths;
        private Instant next;
        private Duration pause;
        private boolean isAsked;

        Request(RequestId id, List<ServerPath> paths, Instant next, Duration pause) {
            this.id = id;
            this.paths = paths;
            this.next = next;
            this.pause = pause;
        }

        RequestId id() {
            return id;
        }
    }

    /** One file of a request. All were on tape only when they were asked for. */
    private static final class Pin {
        private Optional<RequestId> request = Optional.empty();
        private StageState state = StageState.WAITING;
        /** Whether a recall has answered with it. */
        private boolean isTold;

        private Instant wanted;

        Pin(Instant wanted) {
            this.wanted = wanted;
        }
    }

    /** How far a file is that somebody asked for; empty when nobody did, or when the server forgot. */
    synchronized Optional<StageState> state(ServerPath path, Instant now) {
        Pin pin = pins.get(path);
        if (pin == null) {
            return Optional.empty();
        }
        pin.wanted = now;
        return Optional.of(pin.state);
    }

    /** A file was brought from the medium and nobody was told so yet; from now on somebody was. */
    synchronized boolean tellBrought(ServerPath path) {
        Pin pin = pins.get(path);
        boolean news = pin != null && pin.state == StageState.ONLINE && !pin.isTold;
        if (pin != null && pin.state == StageState.ONLINE) {
            pin.isTold = true;
        }
        return news;
    }

    /** A file is not on disk, whatever was thought; or its request came to nothing. */
    synchronized void forget(ServerPath path) {
        Pin pin = pins.get(path);
        if (pin != null && pin.state.isOver()) {
            pins.remove(path);
        }
    }

    /** The next files to be asked for in one request; empty when nobody may ask now. They are this caller's until taken or given back. */
    synchronized List<ServerPath> claim(NavigableSet<ServerPath> wanted, Instant now) {
        if (open.size() + leaving >= settings.stagesAtOnce()) {
            return List.of();
        }
        List<ServerPath> claimed =
                wanted.stream().filter(p -> !pins.containsKey(p)).limit(batch).toList();
        claimed.forEach(p -> pins.put(p, new Pin(now)));
        leaving += claimed.isEmpty() ? 0 : 1;
        return claimed;
    }

    /** The server took a request. */
    synchronized void taken(List<ServerPath> claimed, RequestId id, Instant now) {
        leaving--;
        claimed.forEach(p -> Optional.ofNullable(pins.get(p)).ifPresent(pin -> pin.request = Optional.of(id)));
        open.add(new Request(id, claimed, now.plus(settings.poll()), settings.poll()));
    }

    /** The server took none. */
    synchronized void givenBack(List<ServerPath> claimed) {
        leaving--;
        claimed.forEach(pins::remove);
    }

    /** So many files were too many for one request. */
    synchronized void tooMany(int files) {
        batch = Math.max(1, Math.min(batch, files / 2));
    }

    /** A request that may be asked after now; it is this caller's until {@link #asked}. */
    synchronized Optional<Request> due(Instant now) {
        Optional<Request> due =
                open.stream().filter(r -> !r.isAsked && !r.next.isAfter(now)).findFirst();
        due.ifPresent(r -> r.isAsked = true);
        return due;
    }

    /** How long nothing is due. */
    synchronized Duration quiet(Instant now) {
        return open.stream()
                .filter(r -> !r.isAsked)
                .map(r -> Duration.between(now, r.next))
                .min(Duration::compareTo)
                .filter(Duration::isPositive)
                .orElse(settings.poll());
    }

    /** No answer came: later again. */
    synchronized void unanswered(Request request, Instant now) {
        request.isAsked = false;
        request.pause = TapeRestSettings.longer(request.pause);
        request.next = now.plus(request.pause);
    }

    /** An answer came; an empty one says that the server knows no such request. */
    synchronized void asked(Request request, Optional<Map<ServerPath, StageState>> answer, Instant now) {
        unanswered(request, now);
        Map<ServerPath, StageState> states = answer.orElse(Map.of());
        boolean isOver = states.values().stream().allMatch(StageState::isOver);
        for (ServerPath path : request.paths) {
            Pin pin = pins.get(path);
            if (pin != null && pin.request.equals(Optional.of(request.id))) {
                pin.state = states.getOrDefault(path, pin.state);
                if (isOver && !pin.state.isOver()) {
                    pins.remove(path);
                }
            }
        }
        if (isOver) {
            open.remove(request);
        }
    }

    /** What may be let go of, by request; a file whose recall nobody was told of yet is still owed to somebody, and stays. */
    synchronized Map<RequestId, List<ServerPath>> letGo(Collection<ServerPath> paths) {
        Map<RequestId, List<ServerPath>> byRequest = new LinkedHashMap<>();
        for (ServerPath path : paths) {
            Pin pin = pins.get(path);
            if (pin != null && pin.isTold && pin.request.isPresent()) {
                byRequest
                        .computeIfAbsent(pin.request.get(), r -> new ArrayList<>())
                        .add(path);
                pins.remove(path);
            }
        }
        return byRequest;
    }

    /** Files that nobody asked for again within their lifetime on disk, by request: they are nobody's from now on. */
    synchronized Map<RequestId, List<ServerPath>> abandoned(Instant now) {
        Map<RequestId, List<ServerPath>> byRequest = new LinkedHashMap<>();
        Instant before = now.minus(settings.diskLifetime());
        Iterator<Map.Entry<ServerPath, Pin>> all = pins.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<ServerPath, Pin> one = all.next();
            Optional<RequestId> request = one.getValue().request;
            if (request.isPresent() && one.getValue().wanted.isBefore(before)) {
                byRequest.computeIfAbsent(request.get(), r -> new ArrayList<>()).add(one.getKey());
                all.remove();
            }
        }
        return byRequest;
    }
}
