package holdfast.server.config;

import holdfast.evidence.FactKinds;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.server.sql.Database;
import holdfast.server.work.Intake;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.transfer.TransferFact.CopiesArrived;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One node of several, in a process of its own: the whole house on a database and elements that it shares with others.
 * It is told what to do line by line and says what came of it, so that a test can kill it or let it stand still between
 * the moment at which bytes are there and the moment at which that is recorded.
 */
final class NodeProcess {
    private static final int BATCH = 8;

    private final House house;
    private final AtomicInteger sends = new AtomicInteger();
    private volatile Optional<Hold> hold = Optional.empty();

    /** What is to be held: the first answer of a method at an element. */
    private record Hold(String method, String element, CountDownLatch go) {}

    private NodeProcess(House house) {
        this.house = house;
    }

    /** Begins a node; the arguments are its data folder, the plan file and the URL of the database. */
    public static void main(String[] arguments) throws Exception {
        Path plan = Path.of(arguments[1]);
        Options.Files files =
                new Options.Files(plan, plan.resolveSibling("lab-sites.yaml"), plan.resolveSibling("lab-policy.yaml"));
        House house = House.on(new Options(Path.of(arguments[0]), 0, Optional.of(files), Optional.of(arguments[2])));
        NodeProcess node = new NodeProcess(house);
        node.watchTheElements();
        house.begin();
        say("ready " + ProcessHandle.current().pid());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            switch (words[0]) {
                case "send" -> Thread.ofVirtual().start(() -> node.send(words[1], Integer.parseInt(words[2])));
                case "hold" -> node.hold = Optional.of(new Hold(words[1], words[2], new CountDownLatch(1)));
                case "go" -> node.hold.orElseThrow().go.countDown();
                case "inspect" -> house.fixity.dueNow(new StorageName(words[1]));
                case "progress" -> say("progress " + house.progress.now());
                case "audit" -> node.audit();
                case "figures" -> node.figures();
                default -> throw new IllegalArgumentException(order);
            }
        }
        house.close();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    /** Every write of every element is told, and one answer may be held. */
    private void watchTheElements() {
        for (StorageName name : house.adoption.get().sites().elements().keySet()) {
            ElementDriver real = house.fleet.driver(name);
            house.fleet.drivers.put(name, (ElementDriver) Proxy.newProxyInstance(
                    NodeProcess.class.getClassLoader(),
                    new Class<?>[] {ElementDriver.class},
                    (proxy, method, given) -> call(name, real, method, given)));
        }
    }

    private Object call(StorageName name, ElementDriver real, Method method, Object[] given) throws Throwable {
        Object answer;
        try {
            answer = method.invoke(real, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        switch (method.getName()) {
            case "write" -> tell(name, (StoragePath) given[0], (Written) answer);
            case "writeAll" -> {
                for (int i = 0; i < ((List<?>) answer).size(); i++) {
                    tell(name, ((NewBytes) ((List<?>) given[0]).get(i)).path(), (Written) ((List<?>) answer).get(i));
                }
            }
            default -> {}
        }
        boolean data =
                !(given != null && given.length > 0 && String.valueOf(given[0]).startsWith(".canary"));
        if (data) {
            hold(name, method.getName());
        }
        return answer;
    }

    private static void tell(StorageName name, StoragePath path, Written outcome) {
        if (!path.path().startsWith(".")) {
            say("%s %s:%s".formatted(outcome.getClass().getSimpleName(), name, path));
        }
    }

    private void hold(StorageName name, String method) throws InterruptedException {
        Optional<Hold> wanted = hold.filter(h -> h.method.equals(method) && h.element.equals(name.name()));
        if (wanted.isPresent() && wanted.get().go.getCount() > 0) {
            say("holding " + method + " " + name);
            wanted.get().go.await();
        }
    }

    /** Ingests files of a folder, batch by batch; what is refused because another node was faster is sent again. */
    private void send(String folder, int count) {
        for (int from = 0; from < count; from += BATCH) {
            List<Intake.Arriving> batch = new ArrayList<>();
            for (int i = from; i < Math.min(count, from + BATCH); i++) {
                DataId id = Laboratory.id("/lab/raw/%s/file%04d.dat".formatted(folder, i));
                batch.add(Laboratory.arriving(id, Laboratory.bytes(id.name())));
            }
            while (!batch.isEmpty()) {
                batch = again(batch);
            }
        }
        say("sent " + folder + " " + sends.get());
    }

    private List<Intake.Arriving> again(List<Intake.Arriving> batch) {
        List<Intake.Arriving> left = new ArrayList<>();
        List<Intake.Outcome> outcomes;
        try {
            outcomes = house.intake.take(batch);
        } catch (Database.Failed e) {
            // As a client does whom the interface answered 503.
            say("again " + e.getMessage());
            return batch;
        }
        sends.incrementAndGet();
        for (int i = 0; i < batch.size(); i++) {
            switch (outcomes.get(i)) {
                case Intake.Outcome.Registered now ->
                    say("registered " + now.row().id().name());
                case Intake.Outcome.Already _ ->
                    say("already " + batch.get(i).id().name());
                case Intake.Outcome.Returned _ ->
                    say("returned " + batch.get(i).id().name());
                case Intake.Outcome.Refused _ -> left.add(batch.get(i));
            }
        }
        return left;
    }

    private void audit() {
        Audit audit = house.auditor.audit();
        Map<String, Integer> arrivals = new HashMap<>();
        house.entries.each(0, house.entries.size(), (seq, entry) -> {
            if (FactKinds.read(entry) instanceof CopiesArrived arrived) {
                arrived.copies().forEach(c -> arrivals.merge(c.id() + "@" + c.storage(), 1, Integer::sum));
            }
        });
        long twice = arrivals.values().stream().filter(n -> n > 1).count();
        say("audit agrees=%s verdicts=%s arrivals=%d arrived-twice=%d differences=%s"
                .formatted(audit.agrees(), audit.verdictsAgree(), arrivals.size(), twice, audit.differences()));
    }

    private void figures() {
        say("figures late-arrivals=%d bytes-in-vain=%d late-recordings=%d"
                .formatted(
                        house.mover.refusedAsLate(),
                        house.mover.carriedInVain().bytes(),
                        house.leases.refusedAsLate()));
    }
}
