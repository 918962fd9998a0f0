package holdfast.cli.adopt;

import holdfast.cli.adopt.Answers.Became;
import holdfast.cli.adopt.Answers.Refusal;
import holdfast.cli.wire.Route;
import holdfast.cli.wire.Server;
import holdfast.formats.Json;
import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioFile;
import holdfast.formats.rucio.RucioLock;
import holdfast.formats.rucio.RucioRule;
import holdfast.formats.rucio.RucioScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Takes over what an existing Rucio says, kind after kind: scopes, files with copies, collections, contents, rules, locks.
 * What the server knows already changes nothing, so that the remedy of every interruption is to do it again.
 */
public final class Adopting {
    private final Server server;
    private final Source source;
    private final Order order;
    private final Tally tally;
    private final Sound sound = new Sound();

    /**
     * How it is done.
     *
     * @param scopes which ones; none for all
     * @param dryRun reads and counts, and sends nothing
     */
    public record Order(Set<String> scopes, boolean dryRun, Conflicts conflicts, Progress progress) {
        public Order {
            scopes = Set.copyOf(scopes);
        }
    }

    public Adopting(Server server, Source source, Order order, Tally tally) {
        this.server = server;
        this.source = source;
        this.order = order;
        this.tally = tally;
        source.onConflict(order.conflicts);
    }

    /**
     * Does it.
     *
     * @return the scopes that were taken over
     * @throws NoSource when the other side goes away, or a scope is not there
     */
    public Set<String> run() throws IOException {
        Set<String> chosen = scopes();
        source.choose(chosen);
        stage("files", source.files(), this::files);
        stage("collections", source.collections(), this::collections);
        stage("contents", source.contents(), this::contents);
        stage("rules", source.rules(), this::rules);
        stage("locks", source.locks(), this::locks);
        return chosen;
    }

    private <T> void stage(String what, Portions<T> portions, Consumer<List<T>> to) throws IOException {
        order.progress.begin(what, portions.total());
        try (var _ = portions.behind()) {
            Pump.all(portions.each(), to);
        }
    }

    private Set<String> scopes() throws IOException {
        order.progress.begin("scopes, accounts and elements", java.util.OptionalLong.empty());
        List<RucioScope> there = source.scopes();
        List<RucioScope> wanted = wanted(there);
        List<RucioAccount> accounts = source.accounts();
        var elements = source.elements();
        Set<String> chosen = new TreeSet<>(wanted.stream().map(RucioScope::name).toList());
        if (order.dryRun) {
            return chosen;
        }
        String answer = server.post(
                Route.adoption("scopes"), new Answers.ScopesAsked(source.name(), wanted, accounts, elements));
        Answers.ScopesTold told = Json.read(answer, Answers.ScopesTold.class);
        for (Refusal refusal : told.refused() == null ? List.<Refusal>of() : told.refused()) {
            String of = refusal.what();
            order.conflicts.add(new Conflict(
                    of, of.equals("scope") ? refusal.name() : null, refusal.name(), refusal.reason(), null, null));
            if (of.equals("scope")) {
                chosen.remove(refusal.name());
            }
        }
        return chosen;
    }

    private List<RucioScope> wanted(List<RucioScope> there) {
        if (order.scopes.isEmpty()) {
            return there;
        }
        Set<String> missing = new HashSet<>(order.scopes);
        there.forEach(s -> missing.remove(s.name()));
        if (!missing.isEmpty()) {
            throw new NoSource(source.name() + " has no scope " + String.join(", ", new TreeSet<>(missing))
                    + "; its scopes are " + some(there));
        }
        return there.stream().filter(s -> order.scopes.contains(s.name())).toList();
    }

    private static String some(List<RucioScope> scopes) {
        List<String> names = scopes.stream().map(RucioScope::name).sorted().toList();
        return String.join(", ", names.subList(0, Math.min(20, names.size()))) + (names.size() > 20 ? " ..." : "");
    }

    private void files(List<RucioFile> all) {
        List<RucioFile> good = new ArrayList<>(all.size());
        for (RucioFile file : all) {
            tally.files.read.increment();
            tally.copies.read.add(file.copies().size());
            tally.bytes.add(file.bytes());
            sound.check(file).ifPresentOrElse(order.conflicts::add, () -> good.add(file));
        }
        if (isToBeSent(good)) {
            var told = post("files", new Answers.FilesAsked(source.name(), good), Answers.FilesTold.class);
            took(tally.files, told.files());
            took(tally.copies, told.copies());
            tally.copiesLeft.add(told.copies().notTaken());
            order.conflicts.addAll("file", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void collections(List<RucioCollection> all) {
        tally.collections.read.add(all.size());
        List<RucioCollection> good = all.stream()
                .filter(c -> isSound("collection", c.scope(), c.name()))
                .toList();
        if (isToBeSent(good)) {
            var told = post(
                    "collections", new Answers.CollectionsAsked(source.name(), good), Answers.CollectionsTold.class);
            took(tally.collections, told.collections());
            order.conflicts.addAll("collection", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void contents(List<RucioContents> all) {
        long children = all.stream().mapToLong(c -> c.children().size()).sum();
        tally.contents.read.add(children);
        List<RucioContents> good = all.stream()
                .filter(c -> isSound("contents", c.scope(), c.name()))
                .map(this::withSoundChildren)
                .toList();
        if (isToBeSent(good)) {
            var told = post("contents", new Answers.ContentsAsked(source.name(), good), Answers.ContentsTold.class);
            took(tally.contents, told.contents());
            order.conflicts.addAll("contents", told.conflicts());
        }
        order.progress.done(children);
    }

    private RucioContents withSoundChildren(RucioContents of) {
        return new RucioContents(
                of.scope(),
                of.name(),
                of.children().stream()
                        .filter(c ->
                                Sound.check("contents", c.scope(), c.name()).isEmpty())
                        .toList());
    }

    private void rules(List<RucioRule> all) {
        tally.rules.read.add(all.size());
        List<RucioRule> good =
                all.stream().filter(r -> isSound("rule", r.scope(), r.name())).toList();
        if (isToBeSent(good)) {
            var told = post("rules", new Answers.RulesAsked(source.name(), good), Answers.RulesTold.class);
            took(tally.rules, told.rules());
            order.conflicts.addAll("rule", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void locks(List<RucioLock> all) {
        tally.locks.read.add(all.size());
        List<RucioLock> good =
                all.stream().filter(l -> isSound("lock", l.scope(), l.name())).toList();
        if (isToBeSent(good)) {
            var told = post("locks", new Answers.LocksAsked(source.name(), good), Answers.LocksTold.class);
            took(tally.locks, told.locks());
            order.conflicts.addAll("lock", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private boolean isSound(String of, String scope, String name) {
        var conflict = Sound.check(of, scope, name);
        conflict.ifPresent(order.conflicts::add);
        return conflict.isEmpty();
    }

    private boolean isToBeSent(List<?> good) {
        return !order.dryRun && !good.isEmpty();
    }

    private <T> T post(String what, Object asked, Class<T> told) {
        return Json.read(server.post(Route.adoption(what), asked), told);
    }

    private static void took(Tally.Kind kind, Became became) {
        kind.became(became.fresh(), became.before());
    }
}
