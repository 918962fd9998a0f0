package holdfast.server.drivers.taperest;

import holdfast.server.drivers.Causes;
import holdfast.server.drivers.taperest.Whereabouts.Locality;
import holdfast.storage.StorageDriver.Recalled;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Recalls files of one element. Goals: few large requests, a directory's files together since its files were mostly written to
 * one cartridge, never the same file twice, and a site that has enough is left alone. Method: first it is asked where the files
 * are; what is on tape only goes out in batches in the order of paths, as many as may be unfinished at once; requests are asked
 * after less and less often; what is not there when the time is over stays asked for, and the next recall goes on with it.
 */
final class Staging {
    private final TapeRest tape;
    private final TapeRestSettings settings;
    private final Pace.Time time;
    private final Pace pace;
    private final Stages stages;
    /** Whether nothing stands at a path, which the API does not tell. */
    private final Predicate<ServerPath> isAbsent;

    Staging(TapeRest tape, TapeRestSettings settings, Pace.Time time, Predicate<ServerPath> isAbsent) {
        this.tape = tape;
        this.settings = settings;
        this.time = time;
        this.isAbsent = isAbsent;
        pace = new Pace(time, settings.poll());
        stages = new Stages(settings);
    }

    /** What became of each file, within the limit; a file without news is not there yet. */
    Map<ServerPath, Recalled> recall(Collection<ServerPath> paths) {
        Run run = new Run(new TreeSet<>(paths), time.now().plus(settings.recallLimit()));
        try {
            withdraw();
            run.locate();
            run.toTheEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<ServerPath, Recalled> all = new HashMap<>();
        paths.forEach(p -> all.put(p, run.answers.getOrDefault(p, Recalled.NOT_YET)));
        return all;
    }

    /** Lets go of what recalls brought; what nobody brought, the API cannot name. */
    void letGo(Collection<ServerPath> paths) {
        stages.letGo(paths).forEach((request, files) -> {
            try {
                tape.release(request, files);
            } catch (IOException e) {
                left("release", e);
            }
        });
    }

    private void withdraw() {
        stages.abandoned(time.now()).forEach((request, files) -> {
            try {
                tape.cancel(request, files);
            } catch (IOException e) {
                left("cancel", e);
            }
        });
    }

    /** The server's own lifetime ends it. */
    private static void left(String what, IOException e) {
        System.getLogger(Staging.class.getName())
                .log(System.Logger.Level.DEBUG, "{0} did not work: {1}", what, Causes.of(e));
    }

    /** Where files are now; those of which nothing was learnt are left out. */
    private Map<ServerPath, Whereabouts> whereabouts(NavigableSet<ServerPath> paths, Instant until)
            throws InterruptedException {
        Map<ServerPath, Whereabouts> found = new HashMap<>();
        List<ServerPath> left = new ArrayList<>(paths);
        int most = settings.batch();
        while (!left.isEmpty()) {
            List<ServerPath> some = left.subList(0, Math.min(most, left.size()));
            try {
                Optional<Map<ServerPath, Whereabouts>> answer = pace.patiently(until, () -> tape.archiveInfo(some));
                if (answer.isEmpty()) {
                    return found;
                }
                found.putAll(answer.get());
                if (answer.get().size() < some.size() && some.size() > 1) {
                    // A server may answer for some of too many; those it left out are asked for again.
                    most = Math.max(1, some.size() / 2);
                    some.removeIf(answer.get()::containsKey);
                } else {
                    some.clear();
                }
            } catch (TapeRest.Refused tooMany) {
                if (some.size() == 1) {
                    return found;
                }
                most = some.size() / 2;
            }
        }
        return found;
    }

    /** One recall. */
    private final class Run {
        private final NavigableSet<ServerPath> wanted;
        private final Instant until;
        private final Map<ServerPath, Recalled> answers = new HashMap<>();
        /** On tape only, and asked for by nobody. */
        private final NavigableSet<ServerPath> toAsk = new TreeSet<>();
        /** Asked for, by this recall or an earlier or another one. */
        private final NavigableSet<ServerPath> awaited = new TreeSet<>();
        /** Asked for a second time, since the server forgot the first. */
        private final NavigableSet<ServerPath> again = new TreeSet<>();

        Run(NavigableSet<ServerPath> wanted, Instant until) {
            this.wanted = wanted;
            this.until = until;
        }

        void locate() throws InterruptedException {
            NavigableSet<ServerPath> unknown = new TreeSet<>();
            for (ServerPath path : wanted) {
                boolean isUnderWay = stages.state(path, time.now()).equals(Optional.of(StageState.WAITING));
                (isUnderWay ? awaited : unknown).add(path);
            }
            whereabouts(unknown, until).forEach((path, where) -> {
                switch (where) {
                    case Whereabouts.At(Locality locality) -> at(path, locality);
                    case Whereabouts.NotTold _ ->
                        answers.put(path, isAbsent.test(path) ? Recalled.FAILED : Recalled.NOT_YET);
                }
            });
            answers.keySet().retainAll(wanted);
            toAsk.retainAll(wanted);
        }

        private void at(ServerPath path, Locality locality) {
            switch (locality) {
                case DISK, DISK_AND_TAPE, NONE ->
                    answers.put(path, stages.tellBrought(path) ? Recalled.FROM_MEDIUM : Recalled.ONLINE_ALREADY);
                case TAPE -> {
                    stages.forget(path);
                    toAsk.add(path);
                }
                case LOST -> answers.put(path, Recalled.FAILED);
                case UNAVAILABLE -> answers.put(path, Recalled.NOT_YET);
            }
        }

        void toTheEnd() throws InterruptedException {
            while (time.now().isBefore(until)) {
                ask();
                askAfter();
                settle();
                if (toAsk.isEmpty() && awaited.isEmpty()) {
                    return;
                }
                time.pass(stages.quiet(time.now()));
            }
        }

        private void ask() throws InterruptedException {
            awaited.addAll(toAsk.stream().filter(this::isAskedByOthers).toList());
            toAsk.removeAll(awaited);
            List<ServerPath> claimed = stages.claim(toAsk, time.now());
            while (!claimed.isEmpty()) {
                if (!stage(claimed)) {
                    return;
                }
                claimed = stages.claim(toAsk, time.now());
            }
        }

        private boolean isAskedByOthers(ServerPath path) {
            return stages.state(path, time.now()).isPresent();
        }

        /** Answers whether more may be asked. */
        private boolean stage(List<ServerPath> claimed) throws InterruptedException {
            Optional<RequestId> taken = Optional.empty();
            boolean isTooMany = false;
            try {
                taken = pace.patiently(until, () -> tape.stage(claimed, settings.diskLifetime()));
            } catch (TapeRest.Refused tooMany) {
                stages.tooMany(claimed.size());
                isTooMany = claimed.size() > 1;
            } finally {
                if (taken.isPresent()) {
                    stages.taken(claimed, taken.get(), time.now());
                } else {
                    stages.givenBack(claimed);
                }
            }
            if (taken.isPresent()) {
                awaited.addAll(claimed);
            }
            if (!isTooMany) {
                claimed.forEach(toAsk::remove);
            }
            return taken.isPresent() || isTooMany;
        }

        /** Also after the requests of others: they hold places, and may be nobody's any more. */
        private void askAfter() throws InterruptedException {
            Optional<Stages.Request> due = stages.due(time.now());
            while (due.isPresent()) {
                Stages.Request request = due.get();
                Optional<Optional<Map<ServerPath, StageState>>> answer = Optional.empty();
                try {
                    answer = pace.patiently(until, () -> tape.status(request.id()));
                } catch (TapeRest.Refused tooMany) {
                    answer = Optional.empty();
                } finally {
                    if (answer.isPresent()) {
                        stages.asked(request, answer.get(), time.now());
                    } else {
                        stages.unanswered(request, time.now());
                    }
                }
                due = stages.due(time.now());
            }
        }

        private void settle() {
            for (ServerPath path : List.copyOf(awaited)) {
                Optional<StageState> state = stages.state(path, time.now());
                if (state.isPresent()) {
                    settle(path, state.get());
                } else {
                    awaited.remove(path);
                    if (again.add(path)) {
                        toAsk.add(path);
                    }
                }
            }
        }

        private void settle(ServerPath path, StageState state) {
            switch (state) {
                case WAITING -> {
                    return;
                }
                case ONLINE -> {
                    stages.tellBrought(path);
                    answers.put(path, Recalled.FROM_MEDIUM);
                }
                case FAILED -> {
                    stages.forget(path);
                    answers.put(path, Recalled.FAILED);
                }
                case CANCELLED -> stages.forget(path);
            }
            awaited.remove(path);
        }
    }
}
