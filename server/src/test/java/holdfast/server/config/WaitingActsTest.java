package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.formats.MembersFile;
import holdfast.retention.Act;
import holdfast.retention.RetentionFact.ActChanged;
import holdfast.retention.RetentionFact.ActChanged.Step;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.Proposal;
import holdfast.retention.Signer;
import holdfast.server.members.MemberSync.Export;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Scope;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members who are no custodians learn of acts that wait: where signers are members, each with a key of their own. */
class WaitingActsTest {
    private static final Actor KEEPER = new Actor("keeper");

    @TempDir
    Path folder;

    private volatile Duration ahead = Duration.ZERO;
    private RucioServer server;
    private House house;

    @BeforeEach
    void members() throws Exception {
        Laboratory.plan(folder, "hidden.yaml");
        Ports open = Ports.open();
        Ports ports = new Ports(
                open.disk(), open.database(), clock -> () -> clock.now().plus(ahead), open.drivers(), open.journal());
        server = new RucioServer(folder, "hidden-policy.yaml", ports);
        house = server.house();
        for (String name : List.of("anna", "bert", "carl")) {
            new Planted(server).person(name, "USER");
        }
        Adoption.Texts now = house.adoption.texts();
        String plan = now.plan()
                .replace("version: '1'", "version: '2'")
                .replace("members: { from: accounts }", "members: { from: export, silent after: 24 h }");
        house.adoption.adopt(new Adoption.Texts(plan, now.sites(), now.policy()), KEEPER);
        tell();
        key("anna");
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    /** All three are members, by an export of this moment. */
    private void tell() {
        String lines =
                "id,institute,since,until,roles,account,identities\nanna,,,,,anna,\nbert,,,,,bert,\ncarl,,,,,carl,\n";
        house.people.sync.take(
                new Export(
                        MembersFile.read(lines, "members").orThrow(), house.clock.now(), OptionalLong.empty(), KEEPER),
                false);
    }

    private void key(String name) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String open = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        house.acts.name(new Signer(new Actor(name), open), new Actor(name));
    }

    /** What its guard would say of it is not asked: it is only to be listed. */
    private String proposed(String scope, String by) {
        SignedAct act = SignedAct.proposed(
                UUID.randomUUID(),
                new Act.DeclareLost(List.of(new DataId(new Scope(scope), "lost"))),
                "burnt in " + scope,
                new Proposal(new Actor(by), house.clock.now()));
        house.journal.append(new ActChanged(Step.PROPOSED, act), new Actor(by));
        return act.id().toString();
    }

    private String waiting(String account) {
        String token = server.token(account, account, "a-long-one-of-" + account);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/acts/waiting"))
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> answer = server.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void aMonthLater() {
        ahead = ahead.plusDays(31);
        tell();
    }

    @Test
    void aKeyOfOnesOwnOpensTheListOnlyToWhoMaySignToday() throws Exception {
        String id = proposed("h4-data", KEEPER.name());
        assertThat(waiting("anna")).as("a member since today").isEqualTo("[]");
        aMonthLater();
        assertThat(waiting("anna")).contains(id, "burnt in h4-data");
        assertThat(waiting("bert")).as("who has no key").isEqualTo("[]");
        key("bert");
        assertThat(waiting("bert")).contains(id);
        house.acts.retire(new Actor("anna"), KEEPER);
        assertThat(waiting("anna")).as("who signs no more").isEqualTo("[]");
    }

    @Test
    void anActOnWhatTheyMayNotKnowOfIsNotThere() {
        aMonthLater();
        assertThat(waiting("anna")).isEqualTo("[]");
        proposed(Planted.OF_NO_LEVEL, KEEPER.name());
        assertThat(waiting("anna")).as("byte for byte as without it").isEqualTo("[]");
        String seen = proposed("h5-data", KEEPER.name());
        assertThat(waiting("anna")).contains(seen).doesNotContain(Planted.OF_NO_LEVEL);
    }

    @Test
    void whoProposedItSeesItUntilItIsOver() {
        String id = proposed("h4-data", "carl");
        assertThat(waiting("carl")).contains(id);
        assertThat(waiting("bert")).isEqualTo("[]");
        house.acts.withdraw(UUID.fromString(id), KEEPER, "a test");
        assertThat(waiting("carl")).isEqualTo("[]");
    }
}
