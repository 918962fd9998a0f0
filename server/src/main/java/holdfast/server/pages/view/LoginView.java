package holdfast.server.pages.view;

import java.util.List;
import java.util.Optional;

/**
 * The page of logins.
 *
 * @param identity whom an issuer named just now; empty before a login
 * @param accounts those that the identity may act for, where there are several
 * @param issuers where one can log in
 * @param token what shows that a form came from this page
 */
public record LoginView(
        Chrome chrome, Optional<String> identity, List<String> accounts, List<Chrome.Link> issuers, FormToken token) {
    public LoginView {
        accounts = List.copyOf(accounts);
        issuers = List.copyOf(issuers);
    }
}
