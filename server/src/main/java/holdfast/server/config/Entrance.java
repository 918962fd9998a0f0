package holdfast.server.config;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.DurableFile;
import holdfast.server.identity.AdministratorSecret;
import holdfast.server.identity.Bearers;
import holdfast.server.identity.Identities;
import holdfast.server.identity.LoginTokens;
import holdfast.server.identity.Logins;
import holdfast.server.identity.Mails;
import holdfast.server.identity.StandingLogins;
import holdfast.server.signin.IdTokens;
import holdfast.server.signin.IssuerDoors;
import holdfast.server.signin.Sessions;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How people and programs show who they are: the administrator secret, identities of accounts, tokens of logins and of
 * issuers, sessions of browsers. None of them keeps a permission.
 */
final class Entrance {
    final AdministratorSecret secret;
    final Identities identities;
    final Mails mails;
    final LoginTokens tokens;
    final StandingLogins standing;
    final Logins logins;
    final Bearers bearers;
    final IssuerDoors issuerDoors;
    final IdTokens idTokens;
    final Sessions sessions;

    /** What the ways in stand on. */
    record Ground(Options options, Ports ports, Database database, Memory memory, HouseClock clock) {}

    /**
     * What else is known of whoever comes in.
     *
     * @param mayAct whether a caller may act now; asked anew each time
     * @param hasLeft whether a caller, whatever their account says, belongs to somebody who left
     * @param came told of each
     */
    record Known(Predicate<Caller> mayAct, Predicate<Caller> hasLeft, Consumer<Caller> came) {}

    /** Opens the ways in; at the first start the administrator secret is made. */
    Entrance(Ground ground, Known known) throws IOException {
        Options options = ground.options();
        HouseClock clock = ground.clock();
        secret = new AdministratorSecret(
                ground.memory(),
                clock,
                DurableFile.secret(ground.ports().disk(), options.data().resolve("admin.secret")));
        secret.begin();
        identities = new Identities(ground.database());
        mails = new Mails(ground.database());
        tokens = new LoginTokens(ground.database(), clock, known.mayAct());
        standing = new StandingLogins(ground.database(), tokens, clock);
        logins = new Logins(identities, secret, known.mayAct(), known.came());
        bearers = new Bearers(tokens, Believed.by(options, clock), logins);
        issuerDoors = Believed.doors(options, clock);
        idTokens = Believed.idTokens(options, issuerDoors, clock);
        sessions = new Sessions(logins, standing, known.hasLeft(), Believed.groups(options), clock);
    }
}
