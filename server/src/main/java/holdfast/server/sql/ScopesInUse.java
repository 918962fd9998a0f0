package holdfast.server.sql;

import holdfast.vocabulary.Scope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The scopes in which there are files or collections. A name stays in the catalogue for ever, and so does its scope. */
public final class ScopesInUse {
    private static final String IN_USE = "select w.text from word w where w.kind = 'S'"
            + " and (exists (select 1 from folder f where f.scope_id = w.id)"
            + " or exists (select 1 from collection c where c.scope_id = w.id))";

    private final Set<Scope> known = ConcurrentHashMap.newKeySet();

    private final Database database;

    public ScopesInUse(Database database) {
        this.database = database;
    }

    /** In the order of their names. */
    public List<Scope> all() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(IN_USE + " order by w.text collate \"C\"");
                    ResultSet row = select.executeQuery()) {
                List<Scope> scopes = new ArrayList<>();
                while (row.next()) {
                    scopes.add(new Scope(row.getString(1)));
                }
                return scopes;
            }
        });
    }

    public boolean has(Scope scope) {
        if (known.contains(scope)) {
            return true;
        }
        boolean found = database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(IN_USE + " and w.text = ?")) {
                select.setString(1, scope.name());
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
        if (found) {
            known.add(scope);
        }
        return found;
    }
}
