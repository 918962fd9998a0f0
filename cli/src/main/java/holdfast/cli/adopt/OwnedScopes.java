package holdfast.cli.adopt;

import holdfast.cli.adopt.RucioWire.Refusal;
import holdfast.formats.rucio.Reading;
import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioAnswers;
import holdfast.formats.rucio.RucioScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The scopes of a Rucio server with their owners. */
record OwnedScopes(RucioWire wire) {
    private static final Set<Integer> NO_SUCH_ROUTE = Set.of(404, 405);

    List<RucioScope> all() {
        try {
            return RucioAnswers.rows(wire.get("/scopes/owner/"), "GET /scopes/owner/").stream()
                    .map(Reading::scope)
                    .toList();
        } catch (Refusal older) {
            if (!NO_SUCH_ROUTE.contains(older.status())) {
                throw older;
            }
            return byAccount();
        }
    }

    /** Older servers tell owners account by account only; what none of them owns is root's. */
    private List<RucioScope> byAccount() {
        List<RucioScope> found = new ArrayList<>();
        Set<String> left = new TreeSet<>(RucioAnswers.texts(wire.get("/scopes/"), "GET /scopes/"));
        wire.get("/accounts/").lines().filter(line -> !line.isBlank()).forEach(line -> {
            RucioAccount account = Reading.account(RucioAnswers.row(line, "GET /accounts/"));
            for (String scope : of(account)) {
                if (left.remove(scope)) {
                    found.add(new RucioScope(scope, account.name()));
                }
            }
        });
        left.forEach(scope -> found.add(new RucioScope(scope, "root")));
        return found;
    }

    private List<String> of(RucioAccount account) {
        String path = RucioWire.path("accounts", account.name(), "scopes") + "/";
        try {
            return RucioAnswers.texts(wire.get(path), "GET " + path);
        } catch (Refusal none) {
            if (none.status() != 404) {
                throw none;
            }
            return List.of();
        }
    }
}
