package holdfast.server.pages;

import holdfast.server.pages.view.Chrome;
import holdfast.server.pages.view.FormToken;
import holdfast.server.pages.view.LoginView;
import holdfast.server.pages.view.LogoutView;
import holdfast.server.pages.view.OwnLoginsView;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;

/** The pages of coming and going. */
public final class SignInPage {
    private SignInPage() {}

    /** @param issuers names of those at which one can log in */
    public static ResponseEntity<byte[]> login(
            Optional<String> identity, List<String> accounts, List<String> issuers, FormToken token) {
        List<Chrome.Link> links = issuers.stream()
                .map(name -> new Chrome.Link(name, "/oauth2/authorization/" + name, false))
                .toList();
        return Answers.html(
                Templates.render("login.jte", new LoginView(chrome("Log in"), identity, accounts, links, token)));
    }

    public static ResponseEntity<byte[]> logout(String who, FormToken token) {
        return Answers.html(Templates.render("logout.jte", new LogoutView(chrome("Log out"), who, token)));
    }

    public static ResponseEntity<byte[]> logins(String who, List<OwnLoginsView.Row> rows, FormToken token) {
        Chrome chrome = new Chrome("Your logins", Optional.empty(), List.of(), Optional.of(who), List.of());
        return Answers.html(Templates.render("ownLogins.jte", new OwnLoginsView(chrome, who, rows, token)));
    }

    private static Chrome chrome(String title) {
        return new Chrome(title, Optional.empty(), List.of(), Optional.empty(), List.of());
    }
}
