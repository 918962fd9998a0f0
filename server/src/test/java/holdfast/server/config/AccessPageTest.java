package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Audiences;
import holdfast.access.Audiences.Wish;
import holdfast.access.Viewer;
import holdfast.plan.Level;
import holdfast.plan.Plan;
import holdfast.server.api.rucio.wire.Route;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.Who;
import holdfast.server.routes.RouteTable;
import holdfast.vocabulary.LevelId;
import holdfast.vocabulary.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/access-matrix.md is what the table and the levels say; run this test with -Dholdfast.write=true to write it. */
class AccessPageTest {
    private static final Path PAGE = Path.of("..", "docs", "access-matrix.md");
    private static final String YES = "yes";
    private static final String HEAD = """
        # Who may what, in tables

        What it means stands in [access.md](access.md). This page is written by a test from the decision itself
        (`Audiences`), from `lab/roles.tsv` of the tests, from `holdfast/routes.tsv` and from `rucio/access.tsv`:
        `build/maven.sh -pl core,formats,server test -Dtest=AccessPageTest -Dholdfast.write=true`.

        ## By level

        For a plan with a level of each kind (`server/src/test/resources/lab/levels.yaml`). Know: names, metadata, a share in
        counts. Read: bytes. Write: to bring in, and to say something of it; the catalogue's permissions are asked beside it.
        An outsider is whoever is no member today: nobody's token, a program's account, a former member.

        """;
    private static final String BY_ROLE = """

        ## By role

        Under the plan `server/src/test/resources/lab/roles.yaml`: 1 is public and written by publishers, 2 is for members, 3, 4 and 5 hide existence and are
        written by authors, production and reviewers; no class takes the scope of `none`. The site administrator's role is for the site near. The service
        belongs to a member, has an end and the role production; the former member had the roles author and production. Everybody has room for rules. States: a
        dataset that is open or closed, a file, a name that nothing has, an element that is there.
        Each cell is the status that `RolesMatrixTest` asks for, through HTTP: 200 and 201 done; 400 (Rucio's interface) and 401 no login, or it is refused;
        401 and 403 it may not; 404 as what is not there; 409 the name is taken, or the dataset is closed. "Without": it is not in the list.

        """;
    private static final String OWN = """

        ## By route of the house's own

        From `holdfast/routes.tsv`, under the same plan; some scopes have no level there, and so `those from whom nothing is hidden` are administrators. What
        has an area is for the site administrator as far as their sites go.

        """;
    private static final String ROUTES = """

        ## By route

        Of Rucio's interface. `filtered`: what is hidden is left out, and answers as what is not there. `scoped`: the scope is
        asked before the name. `permission`: what the account needs besides, by its attributes and the policy's roles.
        `own`: of the account in the address. `whole`: a sum over everything, for members only where no scope is
        hidden from them. `refused`: never done here.

        | endpoint | nobody | account | the account itself | member | administrator | why |
        |---|---|---|---|---|---|---|
        """;

    @Test
    void thePageSaysWhatTheTableAndTheLevelsSay() throws Exception {
        String page = page(plan(text("levels.yaml")));
        if (Boolean.getBoolean("holdfast.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().as("write it anew, as its head says").isEqualTo(page);
    }

    @Test
    void aLastClassForEveryScopeOpensSumsToMembers() throws Exception {
        String beam = "  - beam: { level: 5, scope: beam }\n";
        String plan = text("levels.yaml");
        assertThat(plan).contains(beam);
        Viewer member = new Viewer.Member(Set.of());
        assertThat(new Audiences(plan(plan)).visible(member).isWhole()).isFalse();
        Plan whole = plan(plan.replace(beam, beam + "  - rest: { level: 3, scope: '*' }\n"));
        assertThat(new Audiences(whole).visible(member).isWhole()).isTrue();
        assertThat(new Audiences(whole).visible(new Viewer.Outsider()).isWhole())
                .isFalse();
    }

    private static Plan plan(String text) throws IOException {
        return Adoption.read(new Adoption.Texts(text, text("lab-sites.yaml"), text("lab-policy.yaml")))
                .plan();
    }

    private static String text(String name) throws IOException {
        try (InputStream in = AccessPageTest.class.getResourceAsStream("/lab/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String heads(String... first) {
        List<String> heads = new ArrayList<>(List.of(first));
        heads.addAll(RoleRows.ROLES);
        return "| " + String.join(" | ", heads) + " |\n" + "|---".repeat(heads.size()) + "|\n";
    }

    private static String page(Plan plan) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("| level | outsider | member | member with the role | custodian |\n|---|---|---|---|---|\n");
        for (String scope : List.of("shown", "notes", "results", "raw", "beam", "elsewhere")) {
            page.append(level(plan, new Scope(scope)));
        }
        page.append(BY_ROLE).append(heads("level or site", "state", "interface", "action"));
        for (RoleRows.Row row : RoleRows.all()) {
            page.append("| " + row.what().replace("\t", " | ") + " | " + String.join(" | ", row.cells()) + " |\n");
        }
        page.append(OWN).append(heads("route", "for"));
        for (RouteTable.Row row : RouteTable.ours().rows()) {
            page.append("| `%s %s` | %s | "
                    .formatted(row.method(), row.path(), row.who().words()));
            page.append(RoleRows.ROLES.stream()
                    .map(role -> RolesMatrixTest.may(row.who(), role) ? YES : "-")
                    .collect(Collectors.joining(" | ")));
            page.append(" |\n");
        }
        page.append(ROUTES);
        RouteBook.of(List.of()).routes().forEach(route -> page.append(route(route)));
        return page.toString();
    }

    private static String level(Plan plan, Scope scope) {
        Audiences audiences = new Audiences(plan);
        String name = audiences.levels(scope).stream()
                .map(id -> name(plan, id))
                .collect(Collectors.joining())
                .transform(named -> named.isEmpty() ? "none: no class takes the scope" : named);
        Set<String> roles = plan.levels().values().stream()
                .flatMap(level -> level.writtenBy().stream())
                .collect(Collectors.toUnmodifiableSet());
        List<String> cells = new ArrayList<>(List.of(name));
        for (Viewer viewer : List.of(
                new Viewer.Outsider(), new Viewer.Member(Set.of()), new Viewer.Member(roles), new Viewer.Custodian())) {
            cells.add(wishes(audiences, viewer, scope));
        }
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String name(Plan plan, LevelId id) {
        Level level = plan.levels().get(id);
        String hides = level.hidesExistence() ? ", hides existence" : "";
        String by = level.writtenBy().isEmpty() ? "" : ", written by " + String.join(", ", level.writtenBy());
        return "%s: %s; %s%s%s"
                .formatted(id, level.name(), level.audience().name().toLowerCase(Locale.ROOT), hides, by);
    }

    private static String wishes(Audiences audiences, Viewer viewer, Scope scope) {
        String granted = Arrays.stream(Wish.values())
                .filter(wish -> audiences.decide(viewer, wish, scope).allowed())
                .map(wish -> wish.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return granted.isEmpty() ? "-" : granted;
    }

    private static String route(Route route) {
        Who who = route.access().who();
        String yes = route.access().why().equals("permission") ? "if permitted" : YES;
        List<String> cells = List.of(
                "`" + route.endpoint().key() + "`",
                who == Who.ANYBODY ? YES : "-",
                Set.of(Who.ANYBODY, Who.ACCOUNT).contains(who) ? yes : "-",
                Set.of(Who.ANYBODY, Who.ACCOUNT, Who.OWN).contains(who) ? yes : "-",
                member(who, yes),
                YES,
                route.access().why());
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String member(Who who, String yes) {
        return switch (who) {
            case ANYBODY, ACCOUNT, OWN, MEMBER -> yes;
            case WHOLE -> "where nothing is hidden";
            case CUSTODIAN -> "-";
        };
    }
}
