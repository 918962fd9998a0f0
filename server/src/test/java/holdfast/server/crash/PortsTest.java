package holdfast.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever leaves the process goes through a port that is listed, and every method of a port has its failpoints. */
class PortsTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(place -> !place.contains("/test-classes/") && !place.contains("/test/"))
            .importPackages("holdfast");

    /** Interfaces that are open for anybody to implement, and why none of them is a port of its own. */
    private static final Map<String, String> NO_PORTS = new TreeMap<>(Map.ofEntries(
            Map.entry("holdfast.storage.StorageDriver", "its methods are those of the port ElementDriver"),
            Map.entry("holdfast.journal.Journal", "its methods are those of the port Journal, on SqlJournal"),
            Map.entry("holdfast.server.clock.HouseClock", "time changes nothing outside"),
            Map.entry("holdfast.server.work.Signatories", "reads and locks memberships, through the database's port"),
            Map.entry("holdfast.server.work.Drivers", "looks a driver up"),
            Map.entry("holdfast.storage.ThirdPartyCopy", "asks other servers to copy; it has no failpoints yet"),
            Map.entry("holdfast.server.credentials.Bearer", "makes what is shown to others, and changes nothing"),
            Map.entry("holdfast.server.drivers.DriverKind", "makes a driver, whose methods are those of the port"),
            Map.entry("holdfast.server.alarm.Post", "sends a message and keeps nothing; it has no failpoints yet"),
            Map.entry("holdfast.server.sql.RecallBook", "notes work, through the database's port"),
            Map.entry("holdfast.server.work.Comparison", "compares bytes that were read"),
            Map.entry("holdfast.server.identity.PageLogin", "says at the start how people come in"),
            Map.entry("holdfast.server.pages.PageSource", "reads for a page, through the database's port"),
            Map.entry("holdfast.server.pages.MouSource", "reads for a page, through the database's port"),
            Map.entry("holdfast.server.pages.PageJson", "writes an answer to whoever asked"),
            Map.entry("holdfast.server.api.rucio.replicas.ReplicaWriter", "writes an answer to whoever asked"),
            Map.entry(
                    "holdfast.server.api.rucio.wire.Handler",
                    "answers a call; what it changes goes through the journal"),
            Map.entry("holdfast.server.api.rucio.wire.Subject", "names handlers"),
            Map.entry("holdfast.server.api.rucio.wire.Tokens", "looks a token up, through the database's port"),
            Map.entry("holdfast.server.catalog.AccountLimits", "says what documents in memory say"),
            Map.entry("holdfast.server.catalog.RuleElements", "says what documents in memory say")));

    /** Kinds of interface that are handed code or values, and reach nothing by themselves. */
    private static final Pattern PURE =
            Pattern.compile("holdfast\\.(vocabulary|journal|plan|catalog|ingest|transfer|fixity|"
                    + "judgement|placement|retention|evidence|custody|formats|cli)\\..*");

    /** JDBC that stays in this process: parameters, rows that were fetched, types. */
    private static final Pattern LOCAL = Pattern.compile(
            "(ResultSet|Array|SQLException|SQLWarning|PreparedStatement|Statement|Connection|Wrapper|DriverManager|Types|Driver)\\."
                    + "(set(?!AutoCommit|ReadOnly).*|get.*|next|wasNull|addBatch|unwrap|createArrayOf|close|isClosed)");

    @Test
    void everyOpenInterfaceIsAPortOrHasAReasonNotToBe() {
        Set<String> ports = Port.ALL.stream().map(p -> p.type().getName()).collect(Collectors.toSet());
        Set<String> unlisted = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass type : MAIN) {
            if (type.isInterface() && !type.isAnnotation() && isOpen(type)) {
                seen.add(type.getName());
                if (!ports.contains(type.getName()) && !NO_PORTS.containsKey(type.getName())) {
                    unlisted.add(type.getName());
                }
            }
        }
        assertThat(unlisted).as("list each in Port.ALL, or here with a reason").isEmpty();
        assertThat(seen).as("reasons for what is no more").containsAll(NO_PORTS.keySet());
    }

    /** Not sealed, no callback that is handed in, and not in a room that only computes. */
    private static boolean isOpen(JavaClass type) {
        boolean listed = NO_PORTS.containsKey(type.getName());
        return listed
                || !type.reflect().isSealed()
                        && !type.isNestedClass()
                        && !type.getSimpleName().equals("package-info")
                        && !PURE.matcher(type.getName()).matches()
                        && !type.getModifiers().contains(JavaModifier.PRIVATE);
    }

    @Test
    void everyMethodOfADiskOrAJournalIsWrapped() throws NoSuchMethodException {
        for (Class<?> wrapper : Set.of(CrashingDisk.class, CrashingJournal.class)) {
            Port port = Port.ALL.stream()
                    .filter(p -> p.type() == wrapper.getSuperclass())
                    .findFirst()
                    .orElseThrow();
            assertThat(port.methods()).isNotEmpty();
            for (Method method : port.methods()) {
                assertThat(wrapper.getMethod(method.getName(), method.getParameterTypes())
                                .getDeclaringClass())
                        .as("no failpoint at " + port.call(method))
                        .isEqualTo(wrapper);
            }
        }
    }

    @Test
    void everyCallOfTheDatabaseThatLeavesTheProcessHasAFailpoint() {
        Set<String> listed = Port.ALL.stream()
                .flatMap(p -> p.methods().stream().map(p::call))
                .collect(Collectors.toSet());
        Set<String> unlisted = jdbcCalls()
                .map(PortsTest::name)
                .filter(call ->
                        !LOCAL.matcher(call.substring(0, call.indexOf('('))).matches())
                .map(call -> call.replace("PreparedStatement.", "Statement."))
                .filter(call -> !listed.contains(call))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unlisted).isEmpty();
        assertThat(jdbcCalls().map(PortsTest::name)).contains("Connection.commit()", "Connection.rollback()");
    }

    private static Stream<JavaMethodCall> jdbcCalls() {
        return MAIN.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().matches("javax?\\.sql\\..*"));
    }

    private static String name(JavaMethodCall call) {
        return call.getTargetOwner().getSimpleName() + "." + call.getTarget().getName() + "("
                + call.getTarget().getRawParameterTypes().stream()
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.joining(","))
                + ")";
    }

    @Test
    void nothingIsWrittenPastTheDisk() {
        Set<String> stray = MAIN.stream()
                .filter(type -> Pattern.matches(
                        "holdfast\\.server\\.(drivers|keeping|identity|movers|work|sql)\\..*", type.getName()))
                .filter(type -> !type.getName().equals("holdfast.server.drivers.Disk"))
                // A file without a name, of which nothing outlives the process.
                .filter(type -> !type.getName().equals("holdfast.server.drivers.s3.Kept"))
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(PortsTest::changesAFilesystem)
                .map(JavaMethodCall::getDescription)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(stray).isEmpty();
    }

    private static boolean changesAFilesystem(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getTarget().getName();
        return owner.equals("java.nio.file.Files")
                        && name.matches("(write|create|copy|move|delete|set|newBuffered[W]|newOutput|newByte).*")
                || owner.equals("java.nio.channels.FileChannel")
                        && name.matches("open|write|force|truncate|transferFrom")
                        && !call.getOriginOwner().getName().endsWith("DirectReads");
    }
}
