package holdfast.access;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.access.Subject.Element;
import holdfast.access.Subject.Place;
import holdfast.vocabulary.AccountName;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.SiteName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionTest {
    private static final AccountName ALICE = new AccountName("alice");
    private static final AccountName BOB = new AccountName("bob");
    private static final Scope SCOPE = new Scope("user.alice");
    private static final Permission GENERIC = new Permission(AccessPolicy.GENERIC);
    private static final Asker ASKER = new Asker(ALICE, Map.of());

    @ParameterizedTest
    @EnumSource(Action.class)
    void rootMayDoAllButWhatNobodyMay(Action action) {
        Asker root = new Asker(AccountName.ROOT, Map.of());
        assertThat(GENERIC.may(root, action, Subject.NOTHING)).isEqualTo(action != Action.DELETE_REPLICAS);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void withoutAnyTieOnlyTheOpenActionsAreLeft(Action action) {
        assertThat(GENERIC.may(ASKER, action, Subject.NOTHING)).isEqualTo(action.grant() == Grant.EVERYBODY);
    }

    @Test
    void theAttributeAdminCountsOnlyWhenItIsTrue() {
        assertThat(GENERIC.may(new Asker(ALICE, Map.of("admin", "True")), Action.ADD_RSE, Subject.NOTHING))
                .isTrue();
        assertThat(GENERIC.may(new Asker(ALICE, Map.of("admin", "false")), Action.ADD_RSE, Subject.NOTHING))
                .isFalse();
    }

    @Test
    void theOwnerOfAScopeFillsIt() {
        assertThat(GENERIC.may(ASKER, Action.ADD_DID, Subject.place(SCOPE, ALICE, "x")))
                .isTrue();
        assertThat(GENERIC.refusal(ASKER, Action.ADD_DID, Subject.place(SCOPE, BOB, "x")))
                .contains("account alice may not add a DID; the owner of scope user.alice, bob, may");
        assertThat(GENERIC.may(ASKER, Action.ADD_DID, Subject.place(new Scope("mock"), BOB, "x")))
                .isTrue();
    }

    @Test
    void aRuleIsMadeForOnesOwnAccountAndUnlocked() {
        Subject own = Subject.account(ALICE).in(new Place(SCOPE, BOB, "x"));
        assertThat(GENERIC.may(ASKER, Action.ADD_RULE, own)).isTrue();
        assertThat(GENERIC.may(ASKER, Action.ADD_RULE, own.locked(true))).isFalse();
        assertThat(GENERIC.may(ASKER, Action.ADD_RULE, own.of(BOB))).isFalse();
        assertThat(restricted().may(ASKER, Action.ADD_RULE, own)).isFalse();
    }

    @Test
    void thoseWhomAnElementNamesDeleteRulesThere() {
        Subject rule = Subject.account(BOB).with(List.of(new Element("A", Map.of("rule_deleters", "carol,alice"))));
        assertThat(GENERIC.may(ASKER, Action.DELETE_RULE, rule)).isTrue();
        assertThat(GENERIC.may(ASKER, Action.DELETE_RULE, Subject.account(BOB))).isFalse();
        assertThat(GENERIC.may(ASKER, Action.DELETE_RULE, Subject.account(ALICE)))
                .isTrue();
    }

    @Test
    void replicasComeToElementsThatThePolicyOpens() {
        Element open = new Element("A-TMP", Map.of());
        Element local = new Element("A-LOCAL", Map.of("country", "jp"));
        Permission permission = restricted();
        assertThat(permission.may(ASKER, Action.ADD_REPLICAS, Subject.at(open))).isTrue();
        assertThat(permission.may(ASKER, Action.ADD_REPLICAS, Subject.at(local)))
                .isFalse();
        Asker there = new Asker(ALICE, Map.of("country-jp", "user"));
        assertThat(permission.may(there, Action.ADD_REPLICAS, Subject.at(local)))
                .isTrue();
        assertThat(permission.may(
                        there, Action.ADD_REPLICAS, Subject.at(new Element("A-DATA", Map.of("country", "jp")))))
                .isFalse();
        assertThat(permission.may(ASKER, Action.ADD_REPLICAS, Subject.NOTHING.with(List.of(open, local))))
                .isFalse();
    }

    @Test
    void aRoleOpensItsAreasAndNoOther() {
        Asker scopes = new Asker(ALICE, Map.of("scope_admin", "true"));
        assertThat(restricted().may(scopes, Action.ADD_SCOPE, Subject.NOTHING)).isTrue();
        assertThat(restricted().may(scopes, Action.ADD_RSE, Subject.NOTHING)).isFalse();
        assertThat(GENERIC.may(scopes, Action.ADD_SCOPE, Subject.NOTHING)).isFalse();
    }

    @Test
    void aRoleOfASiteOpensThatSitesElementsAndNothingOfTheWholeHouse() {
        Asker near = new Asker(ALICE, Map.of("near_admin", "true"));
        Element own = new Element("NEAR", Map.of(Subject.SITE, "near"));
        Element other = new Element("FAR", Map.of(Subject.SITE, "far"));
        Element ofNoSite = new Element("LOOSE", Map.of());
        assertThat(restricted().may(near, Action.UPDATE_RSE, Subject.at(own))).isTrue();
        assertThat(restricted().may(near, Action.UPDATE_RSE, Subject.at(other))).isFalse();
        assertThat(restricted().may(near, Action.UPDATE_RSE, Subject.at(ofNoSite)))
                .isFalse();
        assertThat(restricted().may(near, Action.UPDATE_RSE, Subject.NOTHING.with(List.of(own, other))))
                .isFalse();
        assertThat(restricted().may(near, Action.ADD_RSE, Subject.NOTHING)).isFalse();
        assertThat(restricted().may(near, Action.ADD_SCOPE, Subject.at(own))).isFalse();
    }

    private static Permission restricted() {
        return new Permission(new AccessPolicy(
                Map.of(
                        "scope_admin",
                        new AccessPolicy.Role(Set.of(Area.SCOPES), Set.of()),
                        "near_admin",
                        new AccessPolicy.Role(Set.of(Area.STORAGE), Set.of(new SiteName("near")))),
                Set.of(SCOPE),
                Set.of(),
                List.of("/scout/"),
                new AccessPolicy.Elements(List.of("-TMP"), List.of("-LOCAL"))));
    }
}
