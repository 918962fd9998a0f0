package holdfast.server.api.holdfast;

import holdfast.access.Viewer;
import holdfast.formats.LoginClient;
import holdfast.formats.TrustedIssuer;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.members.Viewers;
import holdfast.server.routes.Shown;
import holdfast.server.signin.IssuerDoors;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the command line can log in, and as whom the server then knows somebody. */
@RestController
@RequestMapping("/api")
class LoginsController {
    private final IssuerDoors doors;
    private final Viewers viewers;

    LoginsController(IssuerDoors doors, Viewers viewers) {
        this.doors = doors;
        this.viewers = viewers;
    }

    /**
     * An issuer at which the command line can log in; open to everybody, as its discovery document is.
     *
     * @param url the issuer's, as its tokens have it in {@code iss}
     * @param client a public client for device codes (RFC 8628)
     * @param audiences for whom a token should be asked
     * @param scopes what to ask for besides openid
     */
    record Login(String name, String url, String client, boolean wlcg, Set<String> audiences, Set<String> scopes) {}

    record LoginList(List<Login> logins) {}

    @GetMapping("/logins")
    LoginList logins() {
        return new LoginList(doors.issuers().stream()
                .flatMap(issuer -> issuer.client().stream()
                        .flatMap(client -> client.deviceId().stream().map(id -> login(issuer, id, client))))
                .toList());
    }

    private static Login login(TrustedIssuer issuer, String id, LoginClient client) {
        return new Login(
                issuer.name(), issuer.url(), id, issuer.wlcg(), new TreeSet<>(issuer.audiences()), client.scopes());
    }

    /**
     * Whoever asks.
     *
     * @param identity what was shown; for the administrator secret {@code administrator}
     * @param standing custodian, member or outsider, by the plan in force and now
     * @param roles that the source of members gives
     */
    record Who(String account, String identity, String standing, Set<String> roles) {}

    @GetMapping("/whoami")
    Who whoami(Authentication shown) {
        Caller caller = Shown.by(shown).orElseThrow();
        return switch (viewers.of(Optional.of(caller))) {
            case Viewer.Custodian _ -> who(caller, "custodian", Set.of());
            case Viewer.Member(Set<String> roles) -> who(caller, "member", roles);
            case Viewer.Outsider _ -> who(caller, "outsider", Set.of());
        };
    }

    private static Who who(Caller caller, String standing, Set<String> roles) {
        return new Who(caller.account().name(), caller.identity(), standing, new TreeSet<>(roles));
    }
}
