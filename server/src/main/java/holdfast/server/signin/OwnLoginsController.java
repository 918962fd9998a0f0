package holdfast.server.signin;

import holdfast.server.api.rucio.wire.Caller;
import holdfast.server.clock.HouseClock;
import holdfast.server.identity.StandingLogins;
import holdfast.server.identity.StandingLogins.Login;
import holdfast.server.pages.SignInPage;
import holdfast.server.pages.view.Moment;
import holdfast.server.pages.view.OwnLoginsView.Row;
import holdfast.server.pages.view.OwnLoginsView.Times;
import holdfast.server.routes.Shown;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page of one's own logins, on which each of them and all others can be ended. */
@RestController
class OwnLoginsController {
    private static final String PAGE = "/logins";

    private final StandingLogins standing;
    private final Sessions sessions;
    private final HouseClock clock;

    OwnLoginsController(StandingLogins standing, Sessions sessions, HouseClock clock) {
        this.standing = standing;
        this.sessions = sessions;
        this.clock = clock;
    }

    @GetMapping(PAGE)
    ResponseEntity<byte[]> logins(HttpServletRequest request, Authentication shown) {
        Optional<UUID> here = here(request);
        Instant now = clock.now();
        List<Row> rows = standing.of(caller(shown).account()).stream()
                .map(login -> row(login, here, now))
                .toList();
        return SignInPage.logins(caller(shown).account().name(), rows, SignInController.token(request));
    }

    private static Row row(Login login, Optional<UUID> here, Instant now) {
        return new Row(
                login.id().toString(),
                login.came().way().words(),
                login.identity(),
                new Times(Moment.of(login.since(), now), Moment.of(login.used(), now), Moment.words(login.until())),
                login.came().network(),
                login.came().program(),
                here.equals(Optional.of(login.id())));
    }

    /** One that has ended meanwhile is not on the page that one is led to. */
    @PostMapping(PAGE + "/end")
    void end(@RequestParam UUID id, Authentication shown, HttpServletResponse response) {
        standing.end(caller(shown).account(), id);
        Browsers.to(PAGE, response);
    }

    @PostMapping(PAGE + "/end-others")
    void endOthers(HttpServletRequest request, Authentication shown, HttpServletResponse response) {
        standing.endAll(caller(shown).account(), here(request));
        Browsers.to(PAGE, response);
    }

    private Optional<UUID> here(HttpServletRequest request) {
        return sessions.signedIn(request).map(SignedIn::login);
    }

    private static Caller caller(Authentication shown) {
        return Shown.by(shown).orElseThrow();
    }
}
