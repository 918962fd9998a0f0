package holdfast.server.crash;

import holdfast.server.drivers.Disk;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.sql.SqlJournal;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.sql.DataSource;

/**
 * A port: a type through which the house reaches out of its process. Its methods are found by reflection, and each has a
 * failpoint before and after it.
 *
 * @param crosses which of its methods leave the process
 */
record Port(String name, Class<?> type, Predicate<Method> crosses) {
    private static final Set<String> OF_CONNECTION = Set.of(
            "commit", "rollback", "close", "setAutoCommit", "setReadOnly", "prepareStatement", "createStatement");
    private static final Set<String> OF_STATEMENT = Set.of("execute", "executeQuery", "executeUpdate", "executeBatch");

    /** Every port of the house. */
    static final List<Port> ALL = List.of(
            new Port("Disk", Disk.class, Port::isOpen),
            new Port("ElementDriver", ElementDriver.class, Port::isOpen),
            new Port("Journal", SqlJournal.class, m -> isOpen(m) && m.getDeclaringClass() == SqlJournal.class),
            new Port("DataSource", DataSource.class, m -> signature(m).equals("getConnection()")),
            new Port("Connection", Connection.class, m -> OF_CONNECTION.contains(m.getName()) && isPlain(m)),
            new Port("Statement", PreparedStatement.class, m -> OF_STATEMENT.contains(m.getName()) && isPlain(m)));

    private static boolean isOpen(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && method.getDeclaringClass() != Object.class;
    }

    /** JDBC repeats most methods with further parameters, which the house does not use; a test says so. */
    private static boolean isPlain(Method method) {
        return Arrays.stream(method.getParameterTypes()).allMatch(p -> p == String.class || p == boolean.class)
                && method.getParameterCount() <= 1;
    }

    /** The methods that have failpoints. */
    List<Method> methods() {
        return Arrays.stream(type.getMethods())
                .filter(m -> !m.isBridge() && !m.isSynthetic())
                .filter(crosses)
                .toList();
    }

    /** The name of a call of this port, the same for both statements of a kind. */
    String call(Method method) {
        return name + "." + signature(method);
    }

    static String before(String call) {
        return "before " + call;
    }

    static String after(String call) {
        return "after " + call;
    }

    /** Every failpoint of every port. */
    static Set<String> points() {
        Set<String> points = new TreeSet<>();
        for (Port port : ALL) {
            for (Method method : port.methods()) {
                points.add(before(port.call(method)));
                points.add(after(port.call(method)));
            }
        }
        return points;
    }

    static String signature(Method method) {
        return method.getName() + "("
                + String.join(
                        ",",
                        Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .toList())
                + ")";
    }
}
