package holdfast.server.races;

import holdfast.server.drivers.ElementDriver;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.StoragePath;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Real connections and drivers whose every step waits for its turn first; see {@link Turns}. */
final class Gated {
    private Gated() {}

    static DataSource source(DataSource real) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object answer = invoke(real, method, arguments);
            return answer instanceof Connection connection ? connection(connection) : answer;
        });
    }

    private static Connection connection(Connection real) throws SQLException {
        int session = real.unwrap(PGConnection.class).getBackendPID();
        return proxy(Connection.class, (method, arguments) -> switch (method.getName()) {
            case "prepareStatement" ->
                statement(
                        PreparedStatement.class,
                        invoke(real, method, arguments),
                        arguments == null ? "" : (String) arguments[0],
                        session);
            case "createStatement" -> statement(Statement.class, invoke(real, method, arguments), "", session);
            case "commit", "rollback" -> {
                Turns.before(method.getName(), session);
                yield invoke(real, method, arguments);
            }
            default -> invoke(real, method, arguments);
        });
    }

    private static <S extends Statement> S statement(Class<S> type, @Nullable Object real, String sql, int session) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                Turns.before(arguments == null ? sql : (String) arguments[0], session);
            }
            return invoke(real, method, arguments);
        });
    }

    /** What looks on while bytes are about to go. */
    interface Witness {
        void release(StoragePath path);
    }

    /** A driver whose calls are steps too; the witness speaks between the turn and the removal itself. */
    static ElementDriver driver(String name, StorageDriver real, Witness witness) {
        return proxy(ElementDriver.class, (method, arguments) -> {
            if (method.getName().equals("close")) {
                return null;
            }
            Turns.before(name + " " + method.getName());
            if (method.getName().equals("release") && arguments != null) {
                witness.release((StoragePath) arguments[0]);
            }
            return invoke(real, method, arguments);
        });
    }

    private interface Call {
        @Nullable
        Object of(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.of(method, arguments)));
    }

    private static @Nullable Object invoke(
            @Nullable Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
