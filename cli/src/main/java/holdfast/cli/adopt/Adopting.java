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
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
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
        order.progress.begin("scopes, accounts and elements", OptionalLong.empty());
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
        tally.files.read.add(all.size());
        tally.copies.read.add(all.stream().mapToLong(f -> f.copies().size()).sum());
        tally.bytes.add(all.stream().mapToLong(RucioFile::bytes).sum());
        if (isToBeSent(all)) {
            var told = post("files", new Answers.FilesAsked(source.name(), all), Answers.FilesTold.class);
            took(tally.files, told.files());
            took(tally.copies, told.copies());
            tally.copiesLeft.add(told.copies().notTaken());
            order.conflicts.addAll("file", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void collections(List<RucioCollection> all) {
        tally.collections.read.add(all.size());
        if (isToBeSent(all)) {
            var told = post(
                    "collections", new Answers.CollectionsAsked(source.name(), all), Answers.CollectionsTold.class);
            took(tally.collections, told.collections());
            order.conflicts.addAll("collection", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void contents(List<RucioContents> all) {
        long children = all.stream().mapToLong(c -> c.children().size()).sum();
        tally.contents.read.add(children);
        if (isToBeSent(all)) {
            var told = post("contents", new Answers.ContentsAsked(source.name(), all), Answers.ContentsTold.class);
            took(tally.contents, told.contents());
            order.conflicts.addAll("contents", told.conflicts());
        }
        order.progress.done(children);
    }

    private void rules(List<RucioRule> all) {
        tally.rules.read.add(all.size());
        if (isToBeSent(all)) {
            var told = post("rules", new Answers.RulesAsked(source.name(), all), Answers.RulesTold.class);
            took(tally.rules, told.rules());
            order.conflicts.addAll("rule", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private void locks(List<RucioLock> all) {
        tally.locks.read.add(all.size());
        if (isToBeSent(all)) {
            var told = post("locks", new Answers.LocksAsked(source.name(), all), Answers.LocksTold.class);
            took(tally.locks, told.locks());
            order.conflicts.addAll("lock", told.conflicts());
        }
        order.progress.done(all.size());
    }

    private boolean isToBeSent(List<?> all) {
        return !order.dryRun && !all.isEmpty();
    }

    private <T> T post(String what, Object asked, Class<T> told) {
        return Json.read(server.post(Route.adoption(what), asked), told);
    }

    private static void took(Tally.Kind kind, Became became) {
        kind.became(became.fresh(), became.before());
    }
}
