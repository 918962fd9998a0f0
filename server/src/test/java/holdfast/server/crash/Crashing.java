package holdfast.server.crash;

import holdfast.server.config.Ports;
import holdfast.server.drivers.ElementDriver;
import holdfast.storage.StorageDriver.NewBytes;
import holdfast.storage.StorageDriver.Written;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Ports with a failpoint before and after every method; interfaces get theirs by reflection. */
final class Crashing {
    private static final Witness NOBODY = (arguments, answer) -> {};

    private final Failpoints points;
    private final Says says;
    private final Map<String, Set<String>> calls = Port.ALL.stream()
            .collect(Collectors.toMap(
                    Port::name, p -> p.methods().stream().map(p::call).collect(Collectors.toSet())));

    Crashing(Failpoints points, Says says) {
        this.points = points;
        this.says = says;
    }

    /** All ports, with a clock that is ahead of the database's by some time. */
    Ports ports(AtomicReference<Duration> ahead) {
        return new Ports(
                new CrashingDisk(points),
                this::database,
                clock -> () -> clock.now().plus(ahead.get()),
                this::driver,
                (database, rows, clock) -> new CrashingJournal(database, rows, clock, points, says));
    }

    private DataSource database(DataSource source) {
        return between(DataSource.class, "DataSource", source, NOBODY);
    }

    private ElementDriver driver(StorageName name, ElementDriver driver) {
        return between(
                ElementDriver.class, "ElementDriver", driver, (arguments, answer) -> tell(name, arguments, answer));
    }

    /** Looks at an answer before it is given. */
    private interface Witness {
        void sees(Object @Nullable [] arguments, @Nullable Object answer);
    }

    private <T> T between(Class<T> type, String port, T real, Witness witness) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            String call = port + "." + Port.signature(method);
            if (!calls.get(port).contains(call)) {
                return invoke(real, method, arguments);
            }
            return points.<@Nullable Object, Exception>around(call, () -> {
                Object answer = invoke(real, method, arguments);
                witness.sees(arguments, answer);
                return further(answer);
            });
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A connection hands out statements, a source connections: these are ports too. */
    private @Nullable Object further(@Nullable Object answer) {
        return switch (answer) {
            case null -> null;
            case PreparedStatement statement -> between(PreparedStatement.class, "Statement", statement, NOBODY);
            case Statement statement -> between(Statement.class, "Statement", statement, NOBODY);
            case Connection connection -> between(Connection.class, "Connection", connection, NOBODY);
            default -> answer;
        };
    }

    private void tell(StorageName name, Object @Nullable [] arguments, @Nullable Object answer) {
        String element = name.name();
        if (arguments == null) {
            return;
        }
        if (answer instanceof Written.Done && arguments[0] instanceof StoragePath path) {
            says.written(element, path.path());
        } else if (answer instanceof List<?> answers && arguments[0] instanceof List<?> requests) {
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i) instanceof Written.Done && requests.get(i) instanceof NewBytes bytes) {
                    says.written(element, bytes.path().path());
                }
            }
        }
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}
