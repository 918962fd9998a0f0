package holdfast.server.simulation;

import holdfast.evidence.Ledger;
import holdfast.journal.Fact;
import holdfast.journal.Journal.Appended;
import holdfast.server.simulation.Baton.Task;
import holdfast.server.sql.Database;
import holdfast.server.sql.Leases;
import holdfast.server.work.ReleaseList;
import holdfast.storage.Condition;
import holdfast.storage.StorageFact.ConditionChanged;
import holdfast.storage.StorageFact.ConditionChanged.Cause;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The whole house on one seed: several nodes with the real workers over one database and simulated elements. The hand
 * gives one turn of one worker after the other, strikes, lets time pass, looks; then it relents, and the house must come
 * to rest with every duty met that can be met.
 */
final class Simulation {
    private static final Actor ADMINISTRATOR = new Actor("administrator");
    private static final int MOST_LOOKS = 5;

    private final World world;
    private final Setting setting;
    private final Lane lane;
    private final Source source;
    private final Node observer;
    private final Oracle oracle;
    private final Facts facts = new Facts();
    private final Agenda agenda;
    private final LateMovers late;
    private final List<Node> nodes = new ArrayList<>();
    private int numbered;

    /**
     * What became of a seed.
     *
     * @param hash the same for two runs that went the same way
     */
    record Outcome(Play seed, Weather weather, List<String> violations, List<String> trace, long hash) {
        boolean isGood() {
            return violations.isEmpty();
        }
    }

    static Outcome play(Play play, Setting setting, Lane lane) throws SQLException {
        long seed = play.seed();
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 17);
        Weather weather = play.kind().map(k -> Weather.of(k, random)).orElseGet(() -> Weather.of(random));
        World world = new World(seed, random, weather);
        lane.makeNew();
        setting.clear();
        Simulation simulation = new Simulation(world, setting, lane);
        simulation.run();
        return new Outcome(play, weather, world.violations(), world.trace(), world.hash());
    }

    private Simulation(World world, Setting setting, Lane lane) {
        this.world = world;
        this.setting = setting;
        this.lane = lane;
        setting.inForce().sites().all().forEach(element -> {
            boolean lateTape = element.name().name().startsWith("LATE");
            world.stores.put(element.name(), new Store(element.name(), element.isTape(), lateTape));
        });
        this.source = new Source(world);
        this.observer = new Node("observer", world, setting, lane);
        this.oracle = new Oracle(world, setting, source, observer);
        this.agenda = new Agenda(observer, world);
        this.late = new LateMovers(observer, world);
    }

    private void run() throws SQLException {
        Appended adopted = observer.journal.append(setting.adopted(), ADMINISTRATOR);
        if (!(adopted instanceof Appended.Done)) {
            throw new IllegalStateException("the plan was not adopted: " + adopted);
        }
        begin();
        world.calm(false);
        try {
            for (int i = 0; i < world.weather.acts() && world.violations().isEmpty(); i++) {
                act();
            }
        } finally {
            world.calm(true);
        }
        if (world.violations().isEmpty()) {
            rest();
        }
        nodes.forEach(this::kill);
    }

    // One act ---------------------------------------------------------------------------------------------------------

    private void act() throws SQLException {
        world.adversary.time();
        if (world.chance(world.weather.strikes())) {
            strike();
        } else if (world.chance(0.05)) {
            look();
        } else if (world.chance(0.12)) {
            fromOutside();
        } else {
            work();
        }
        pass();
    }

    private void pass() {
        if (world.chance(world.weather.leaps())) {
            world.pass(Duration.ofMinutes(30 + world.random.nextInt(world.chance(0.3) ? 9 * 24 * 60 : 24 * 60)));
        } else if (world.chance(0.3)) {
            world.pass(Duration.ofSeconds(20 + world.random.nextInt(600)));
        } else {
            world.pass(Duration.ofMillis(1 + world.random.nextInt(5000)));
        }
    }

    private void strike() throws SQLException {
        if (world.chance(0.15)) {
            Node node = anyNode();
            world.note("%s dies", node.name);
            kill(node);
            begin();
        } else {
            world.adversary.strike();
        }
    }

    /** The source sends files, some twice, or asks what it may delete. */
    private void fromOutside() throws SQLException {
        Node node = anyNode();
        String name = "outside-" + numbered++;
        if (world.chance(0.15)) {
            begin(node, name, () -> releases(node));
            return;
        }
        List<DataId> some = new ArrayList<>();
        for (DataId id : source.held.keySet()) {
            if (world.chance(source.acknowledged.contains(id) ? 0.1 : 0.6)) {
                some.add(id);
            }
        }
        if (!some.isEmpty()) {
            boolean garbled = world.chance(0.1);
            begin(node, name, () -> source.send(node, some, garbled));
        }
    }

    private void releases(Node node) {
        ReleaseList.Listed listed = node.releaseList.list(Source.NAME, node.attendant.surroundings());
        oracle.told(node.releaseList.record(listed, node.attendant::surroundings));
        for (DataId id : source.mayGo) {
            if (world.chance(0.5)) {
                source.held.remove(id);
            }
        }
    }

    private void work() throws SQLException {
        Optional<Task> within = asleep().stream().filter(t -> t.inTransaction).findFirst();
        if (within.isPresent() && world.chance(0.25)) {
            resume(within.get());
            return;
        }
        List<Task> ready =
                asleep().stream().filter(t -> !t.notBefore.isAfter(world.now())).toList();
        if (!ready.isEmpty() && world.chance(0.3)) {
            resume(ready.get(world.random.nextInt(ready.size())));
            return;
        }
        Node node = anyNode();
        List<String> jobs = agenda.jobs(node);
        String job = jobs.get(world.random.nextInt(jobs.size()));
        Task before = node.tasks.get(job);
        if (before == null || before.over) {
            begin(node, job, java.util.Objects.requireNonNull(node.jobs.get(job)));
        } else if (!before.notBefore.isAfter(world.now())) {
            resume(before);
        }
    }

    private void look() throws SQLException {
        settleTransactions();
        world.note("the oracle looks");
        observe();
    }

    /** The database's own cleaning may hold a table for a moment longer than anybody waits for one here. */
    private Ledger observe() {
        for (int tries = 1; ; tries++) {
            try {
                return oracle.observe();
            } catch (Database.Failed e) {
                if (tries == MOST_LOOKS || !isForgivable(e)) {
                    throw e;
                }
            }
        }
    }

    /** Nobody looks while somebody stands within a transaction: the look would wait for locks. */
    private void settleTransactions() throws SQLException {
        for (Optional<Task> one = within(); one.isPresent(); one = within()) {
            resume(one.get());
        }
    }

    private Optional<Task> within() {
        return asleep().stream().filter(t -> t.inTransaction).findFirst();
    }

    private List<Task> asleep() {
        List<Task> found = new ArrayList<>();
        nodes.forEach(node -> found.addAll(node.asleep()));
        found.sort(Comparator.comparing((Task t) -> t.began).thenComparing(t -> t.name));
        return found;
    }

    private Node anyNode() {
        return nodes.get(world.random.nextInt(nodes.size()));
    }

    // Tasks -----------------------------------------------------------------------------------------------------------

    private void begin() throws SQLException {
        boolean calm = world.isCalm();
        while (nodes.size() < world.weather.nodes()) {
            Node node = new Node("node-" + numbered++, world, setting, lane);
            nodes.add(node);
            world.note("%s begins", node.name);
            world.calm(true);
            for (String job : node.jobs.keySet()) {
                if (job.startsWith("watch")) {
                    begin(node, job, java.util.Objects.requireNonNull(node.jobs.get(job)));
                }
            }
            world.calm(calm);
        }
    }

    private void begin(Node node, String job, Baton.Work work) throws SQLException {
        Task task = new Task(node.name + " " + job, node, world.now());
        node.tasks.put(job, task);
        world.note("%s", task.name);
        late.before(task, true);
        world.baton.begin(task, work);
        after(task);
    }

    private void resume(Task task) throws SQLException {
        world.note("%s goes on", task.name);
        late.before(task, false);
        world.baton.resume(task);
        after(task);
    }

    private void after(Task task) throws SQLException {
        List<Fact> written = lane.hasGrown() ? fresh() : List.of();
        for (Fact fact : written) {
            world.note("%s wrote %s", task.name, fact.kind());
            world.witness.recorded(task, fact);
        }
        late.after(task, written);
        if (task.over) {
            ended(task);
        }
        nodes.removeIf(node -> {
            if (node.dead) {
                kill(node);
            }
            return node.dead;
        });
        if (nodes.isEmpty()) {
            begin();
        }
    }

    private List<Fact> fresh() throws SQLException {
        Connection connection = lane.take();
        try {
            return facts.fresh(connection);
        } finally {
            lane.giveBack(connection);
        }
    }

    private void ended(Task task) {
        Throwable failure = task.failure;
        if (failure != null) {
            task.faulted = true;
            world.note("%s failed: %s", task.name, failure.getMessage());
            if (!task.killed && !isForgivable(failure)) {
                world.violation("%s failed unexpectedly: %s", task.name, Failures.words(failure));
            }
        }
        agenda.watched(task);
    }

    private static boolean isForgivable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Baton.NodeDied
                    || cause instanceof Database.UnknownCommit
                    || cause instanceof Leases.Lost) {
                return true;
            }
            if (cause instanceof SQLException sql) {
                String state = String.valueOf(sql.getSQLState());
                return state.startsWith("08") || state.equals("55P03") || state.equals("40P01");
            }
        }
        return false;
    }

    /** Drops a node as if its power went: what it had begun unwinds without effect. */
    private void kill(Node node) {
        node.die();
        for (Task task : node.asleep()) {
            world.baton.resume(task);
        }
        if (world.isCalm() || !node.dead) {
            return;
        }
        world.note("%s is gone", node.name);
    }

    // Rest ------------------------------------------------------------------------------------------------------------

    private void rest() throws SQLException {
        for (Task task : asleep()) {
            if (!task.over && task.notBefore.isAfter(world.now().plus(Duration.ofDays(2)))) {
                nodes.stream().filter(n -> n == task.node).forEach(this::kill);
            } else if (!task.over && !task.killed) {
                Instant wakes = task.notBefore.isAfter(world.now()) ? task.notBefore : world.now();
                world.pass(Duration.between(world.now(), wakes));
                resume(task);
            }
        }
        nodes.removeIf(n -> n.dead);
        world.adversary.relent();
        world.note("all faults end");
        begin();
        Rest rest = new Rest(world, source, oracle, agenda);
        Ledger before = observe();
        Map<DataId, Boolean> hopes = rest.hopes(before);
        Node node = nodes.getFirst();
        for (Duration span : Rest.SPANS) {
            sendAgain(node);
            world.pass(span);
            trustAgain();
            settle(node);
        }
        turn(node, "journal");
        turn(node, "journal");
        world.pass(Rest.STILL);
        rest.judge(hopes, observe());
    }

    /** Where so much was lost at once that elements are under suspicion, the house waits for people; here they look and sign. */
    private void trustAgain() {
        List<Condition> trusted = observer.database.read(observer.state::conditions).values().stream()
                .filter(c -> c.suspectSince().isPresent())
                .map(c -> c.withSuspectSince(Optional.empty()))
                .toList();
        if (!trusted.isEmpty()) {
            world.note(
                    "people trust %s again",
                    trusted.stream().map(Condition::element).toList());
            Appended signed = observer.journal.append(new ConditionChanged(Cause.CLEARED, trusted), ADMINISTRATOR);
            if (!(signed instanceof Appended.Done)) {
                throw new IllegalStateException("nobody could say that elements are trusted again: " + signed);
            }
        }
    }

    private void sendAgain(Node node) throws SQLException {
        List<DataId> all = List.copyOf(source.held.keySet());
        if (!all.isEmpty()) {
            begin(node, "outside-" + numbered++, () -> source.send(node, all, false));
        }
    }

    private void settle(Node node) throws SQLException {
        for (String job : node.jobs.keySet()) {
            if (job.startsWith("watch") || job.startsWith("inspect")) {
                turn(node, job);
            }
        }
        for (int i = 0; i < 8 && world.violations().isEmpty(); i++) {
            world.stores.values().forEach(Store::migrate);
            List<String> due = agenda.due(node);
            if (due.isEmpty()) {
                break;
            }
            for (String job : due) {
                turn(node, job);
            }
        }
    }

    private void turn(Node node, String job) throws SQLException {
        begin(node, job, java.util.Objects.requireNonNull(node.jobs.get(job)));
        world.pass(Duration.ofMillis(200));
    }
}
