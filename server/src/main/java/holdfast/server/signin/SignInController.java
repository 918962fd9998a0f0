package holdfast.server.signin;

import holdfast.formats.TrustedIssuer;
import holdfast.server.identity.Logins.Outcome;
import holdfast.server.pages.SignInPage;
import holdfast.server.pages.view.FormToken;
import holdfast.vocabulary.AccountName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of coming and going. Nothing happens on a GET but leading on. */
@RestController
class SignInController {
    private static final FormToken NONE = new FormToken("none", "");

    private final IssuerDoors doors;
    private final Sessions sessions;

    SignInController(IssuerDoors doors, Sessions sessions) {
        this.doors = doors;
        this.sessions = sessions;
    }

    /** Where one can log in; and, for whom an issuer named and who may act for several accounts, as whom. */
    @GetMapping(Browsers.LOGIN)
    ResponseEntity<byte[]> login(HttpServletRequest request) {
        Optional<SignedIn> signedIn = sessions.signedIn(request);
        List<AccountName> accounts = signedIn.map(sessions::accounts).orElseGet(List::of);
        return SignInPage.login(
                signedIn.map(SignedIn::identity),
                accounts.size() > 1 ? accounts.stream().map(AccountName::name).toList() : List.of(),
                doors.issuers().stream().map(TrustedIssuer::name).toList(),
                // Asking for a token begins a session, which a page without a form needs none of.
                accounts.size() > 1 ? token(request) : NONE);
    }

    /** Acts for one of several accounts from now on. */
    @PostMapping(Browsers.CHOOSE)
    void choose(@RequestParam String account, HttpServletRequest request, HttpServletResponse response) {
        Optional<SignedIn> chosen = sessions.signedIn(request)
                .filter(kept -> AccountName.isOne(account))
                .map(kept -> kept.as(new AccountName(account)));
        boolean may = chosen.map(sessions::outcome).orElse(null) instanceof Outcome.Known;
        if (may) {
            sessions.keep(request, chosen.get());
        }
        Browsers.to(may ? "/" : Browsers.LOGIN, response);
    }

    /** A browser knows the secret by now and shows it everywhere. */
    @GetMapping(Browsers.ADMINISTRATOR)
    void administrator(HttpServletResponse response) {
        Browsers.to("/", response);
    }

    @GetMapping(Browsers.LOGOUT)
    ResponseEntity<byte[]> logout(HttpServletRequest request, @Nullable Principal who) {
        return SignInPage.logout(who == null ? "nobody" : who.getName(), token(request));
    }

    static FormToken token(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? new FormToken(token.getParameterName(), token.getToken())
                : NONE;
    }
}
