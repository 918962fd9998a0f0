package holdfast.server.adoption;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an adoption begins with: the scopes to observe, and the accounts and elements that their data speak of.
 *
 * @param source what is read, for people: an address or a folder
 */
public record Opening(
        @Nullable String source,
        @Nullable List<ScopeSaid> scopes,
        @Nullable List<AccountSaid> accounts,
        @Nullable List<JsonNode> rses) {

    public record ScopeSaid(String name, @Nullable String owner) {}

    /** @param type USER, GROUP or SERVICE; USER where nothing is said */
    public record AccountSaid(
            String name, @Nullable String type, @Nullable String email) {}

    /** What became of it. */
    public record Opened(List<ScopeOpened> scopes, List<RseOpened> rses, AccountsOpened accounts, List<Left> refused) {}

    /** @param mode OBSERVED, or MANAGED where nothing can be taken over into it */
    public record ScopeOpened(
            String name,
            String mode,

            @com.fasterxml.jackson.annotation.JsonProperty("new")
            boolean isNew) {}

    /** @param known "sites file", "here already" or "added" */
    public record RseOpened(String name, String known) {}

    public record AccountsOpened(long added, long known) {}

    /** What was not taken. @param what scope, owner, account, rse, rse attribute or rse protocol */
    public record Left(String what, String name, String reason) {}

    List<ScopeSaid> saidScopes() {
        return scopes == null ? List.of() : scopes;
    }

    List<AccountSaid> saidAccounts() {
        return accounts == null ? List.of() : accounts;
    }

    List<JsonNode> saidRses() {
        return rses == null ? List.of() : rses;
    }

    String saidSource() {
        return source == null ? "" : source;
    }
}
