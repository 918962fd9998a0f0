package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import holdfast.alarm.Alarm;
import holdfast.alarm.Channel;
import holdfast.alarm.Channel.Login;
import holdfast.alarm.Channel.Mail;
import holdfast.alarm.Channel.MailServer;
import holdfast.alarm.Channel.Security;
import holdfast.alarm.Channel.Webhook;
import holdfast.alarm.NotifySettings;
import holdfast.alarm.Rules;
import holdfast.alarm.Thresholds;
import holdfast.catalog.CopyRow;
import holdfast.server.alarm.AlarmRound;
import holdfast.server.alarm.DeliveryRound;
import holdfast.server.alarm.Notices;
import holdfast.server.alarm.PostOffice;
import holdfast.server.alarm.SmtpReceiver;
import holdfast.server.embedded.TestDatabase;
import holdfast.server.sql.Leases;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms from the breach to the receiver and back: real rows, a real mail server, a real HTTP server. */
class AlarmsTest {
    private static final DataId VICTIM = Laboratory.id("/lab/raw/run1/hidden-name.dat");
    private static final String SECRET = "a secret between two machines";
    private static final Actor SHIFTER = new Actor("shifter");

    @TempDir
    Path folder;

    private SmtpReceiver smtp;
    private HttpServer http;
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile int answer = 204;
    private Laboratory lab;
    private PostOffice post;

    private record Posted(String path, String id, String time, String signature, String body) {}

    @BeforeEach
    void begin() throws Exception {
        smtp = new SmtpReceiver();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        http.createContext("/", this::take);
        http.start();
        secret("hook-secret", SECRET + "\n", "rw-------");
        secret("smtp-password", "open sesame\n", "rw-------");
        lab = new Laboratory(TestDatabase.migrated(), folder);
        post = new PostOffice(folder, lab.house.clock);
        lab.send(VICTIM, Laboratory.bytes("one"));
        lab.rest();
        lab.house.keeper.step();
    }

    @AfterEach
    void end() throws Exception {
        post.close();
        lab.close();
        http.stop(0);
        smtp.close();
    }

    @Test
    void aBreachIsMailedAndPostedOnceAndItsEndToo() throws Exception {
        NotifySettings settings = settings(mail(Optional.empty()), hook(true));
        AlarmRound alarms = alarms(settings, lab.house.leases);
        DeliveryRound deliveries = deliveries(settings, lab.house.leases);
        damage();
        alarms.step();
        assertThat(deliveries.step()).isGreaterThanOrEqualTo(2);

        SmtpReceiver.Received mail = newsMail().getFirst();
        assertThat(mail.header("Subject")).contains("[the lab] BREACH P-22").contains("new");
        assertThat(mail.header("Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(mail.to()).containsExactly("<shift@lab.example>", "<chief@lab.example>");
        assertThat(mail.text())
                .contains("P-25 is BREACHED", "holdfast notify ack ")
                .as("messages leave the house, names of files do not")
                .doesNotContain("hidden-name");
        Posted news = newsPosted().getFirst();
        assertThat(news.body())
                .contains("\"state\":\"NEW\"", "\"about\":\"P-25\"")
                .doesNotContain("hidden-name");
        assertThat(mail.header("X-Holdfast-Message")).isEqualTo(news.id());
        assertThat(mail.header("Message-ID")).isEqualTo("<" + news.id() + "@holdfast>");
        assertThat(news.signature()).isEqualTo("sha256=" + hmac(news.time() + "." + news.body()));

        alarms.step();
        deliveries.step();
        assertThat(newsMail()).as("told once").hasSize(1);

        lab.rest();
        alarms.step();
        deliveries.step();
        assertThat(newsPosted()).hasSize(2);
        assertThat(newsPosted().getLast().body()).contains("\"state\":\"ENDED\"");
        assertThat(lab.count("select count(*) from alarm where ended is null")).isZero();
    }

    @Test
    void whoTookAnAlarmIsRecordedAndItIsNotSaidAgain() throws Exception {
        NotifySettings settings = settings(hook(false));
        Notices notices = new Notices(lab.house.database, settings, lab.house.clock);
        damage();
        alarms(settings, lab.house.leases).step();
        for (Alarm alarm : notices.board().alarms()) {
            String prefix = alarm.id().toString().substring(0, 8);
            assertThat(notices.take(prefix, SHIFTER, Optional.empty())).isInstanceOf(Notices.Taken.Done.class);
        }
        NotifySettings nagging = new NotifySettings(
                "the lab",
                new Rules(Duration.ZERO, Duration.ZERO, Optional.empty(), Duration.ofDays(9)),
                settings.thresholds(),
                settings.channels());
        assertThat(alarms(nagging, lab.house.leases).step()).isZero();
        Instant now = lab.house.clock.now();
        assertThat(notices.board().alarms()).isNotEmpty().allSatisfy(a -> {
            assertThat(a.isCovered(now)).isTrue();
            assertThat(a.acknowledged().orElseThrow().by()).isEqualTo(SHIFTER);
        });
        assertThat(notices.take("ffffffff-0", SHIFTER, Optional.empty())).isInstanceOf(Notices.Taken.NotStanding.class);
    }

    @Test
    void aChannelThatFailsIsTriedAgainWithTheSameIdAndHoldsUpNoOther() throws Exception {
        NotifySettings settings = settings(mail(Optional.empty()), hook(false));
        DeliveryRound deliveries = deliveries(settings, lab.house.leases);
        answer = 503;
        damage();
        alarms(settings, lab.house.leases).step();
        assertThat(deliveries.step()).isEqualTo(1);
        assertThat(newsMail()).hasSize(1);
        assertThat(lab.rows("select problem from delivery where channel = 'hook'"))
                .singleElement()
                .asString()
                .contains("answered 503")
                .doesNotContain("/somewhere");
        assertThat(deliveries.step()).as("not before its time").isZero();
        answer = 200;
        makeDue();
        assertThat(deliveries.step()).isEqualTo(1);
        assertThat(newsPosted())
                .hasSize(2)
                .extracting(Posted::id)
                .containsOnly(newsPosted().getFirst().id());
        assertThat(newsPosted())
                .extracting(Posted::body)
                .containsOnly(newsPosted().getFirst().body());
        assertThat(lab.count("select count(*) from delivery where delivered_at is null"))
                .isZero();
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        NotifySettings settings = settings(hook(false));
        answer = 307;
        new Notices(lab.house.database, settings, lab.house.clock).trial(SHIFTER);
        assertThat(deliveries(settings, lab.house.leases).step()).isZero();
        assertThat(posted).extracting(Posted::path).containsExactly("/somewhere");
        assertThat(lab.rows("select problem from delivery"))
                .singleElement()
                .asString()
                .contains("answered 307");
    }

    @Test
    void twoNodesTellOnce() throws Exception {
        NotifySettings settings = settings(mail(Optional.empty()), hook(false));
        Leases other = new Leases(lab.house.database, lab.house.clock);
        damage();
        assertThat(alarms(settings, lab.house.leases).step()).isEqualTo(1);
        assertThat(alarms(settings, other).step()).isZero();
        List<DeliveryRound> rounds = List.of(deliveries(settings, lab.house.leases), deliveries(settings, other));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rounds.forEach(r -> threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    r.step();
                }
            }));
        }
        assertThat(newsMail()).hasSize(1);
        assertThat(newsPosted()).hasSize(1);
    }

    @Test
    void whatALateNodeSentIsSentAgainWithTheSameId() throws Exception {
        NotifySettings settings = settings(hook(false));
        Leases other = new Leases(lab.house.database, lab.house.clock);
        new Notices(lab.house.database, settings, lab.house.clock).trial(SHIFTER);
        DeliveryRound late = new DeliveryRound(
                lab.house.database,
                lab.house.leases,
                settings.channels(),
                (channel, message) -> {
                    var sent = post.send(channel, message);
                    lab.house.database.write(c -> {
                        try (var over = c.createStatement()) {
                            return over.executeUpdate("update lease set until = 0 where name = 'deliver'");
                        }
                    });
                    assertThat(other.take("deliver", Duration.ofMinutes(1))).isPresent();
                    return sent;
                },
                lab.house.clock);
        assertThat(late.step()).isZero();
        assertThat(deliveries(settings, other).step()).isEqualTo(1);
        assertThat(posted)
                .hasSize(2)
                .extracting(Posted::id)
                .containsOnly(posted.getFirst().id());
    }

    @Test
    void signsOfLifeGoWhereTheyAreAskedForAndAStaleOneIsDropped() throws Exception {
        NotifySettings settings = settings(mail(Optional.empty()), hook(true));
        NotifySettings breathless = new NotifySettings(
                "the lab",
                new Rules(Duration.ofDays(1), Duration.ofDays(1), Optional.of(Duration.ZERO), Duration.ofDays(9)),
                settings.thresholds(),
                settings.channels());
        AlarmRound alarms = alarms(breathless, lab.house.leases);
        alarms.step();
        alarms.step();
        alarms.step();
        assertThat(lab.count("select count(*) from delivery d join message m on m.id = d.message_id"
                        + " where m.occasion = 'ALIVE' and d.delivered_at is null"))
                .isEqualTo(1);
        deliveries(breathless, lab.house.leases).step();
        assertThat(posted)
                .filteredOn(p -> p.body().contains("\"occasion\":\"ALIVE\""))
                .singleElement()
                .satisfies(p -> assertThat(p.body()).contains("alive"));
        assertThat(smtp.received())
                .noneMatch(m -> m.header("X-Holdfast-Occasion").equals("ALIVE"));
    }

    @Test
    void aPasswordIsShownToTheMailServerAndNeverInAProblem() throws Exception {
        NotifySettings settings = settings(mail(Optional.of(new Login("holdfast", "smtp-password"))));
        Notices notices = new Notices(lab.house.database, settings, lab.house.clock);
        notices.trial(SHIFTER);
        assertThat(deliveries(settings, lab.house.leases).step()).isEqualTo(1);
        assertThat(smtp.logins()).singleElement().asString().startsWith("PLAIN ");
        secret("smtp-password", "open sesame\n", "rw-r--r--");
        notices.trial(SHIFTER);
        assertThat(deliveries(settings, lab.house.leases).step()).isZero();
        assertThat(lab.rows("select problem from delivery where problem is not null"))
                .singleElement()
                .asString()
                .contains("can be read by everybody; chmod 600")
                .doesNotContain("sesame");
    }

    @Test
    void whereNobodyIsToldAlarmsStandAndWaitToBeSaid() throws Exception {
        damage();
        alarms(NotifySettings.NOBODY, lab.house.leases).step();
        assertThat(lab.count("select count(*) from alarm where told_at is null"))
                .isPositive();
        assertThat(lab.count("select count(*) from message")).isZero();
        NotifySettings settings = settings(hook(false));
        alarms(settings, lab.house.leases).step();
        deliveries(settings, lab.house.leases).step();
        assertThat(newsPosted())
                .singleElement()
                .satisfies(p -> assertThat(p.body()).contains("\"NEW\""));
    }

    @Test
    void survivorsWhoseProofRunsOutAreCounted() throws Exception {
        Thresholds anxious = new Thresholds(99.99, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 0);
        assertThat(lab.house
                        .alarms
                        .lookout
                        .look(Thresholds.DEFAULTS)
                        .situation()
                        .fading())
                .isEmpty();
        lab.house.database.write(c -> {
            try (var older = c.createStatement()) {
                return older.executeUpdate("update copy set proof_at = proof_at - 3600000000");
            }
        });
        assertThat(lab.house.alarms.lookout.look(anxious).situation().fading())
                .as("both copies of the one file have a proof about to run out")
                .hasSize(2)
                .allSatisfy(f -> assertThat(f.files()).isEqualTo(1));
        lab.impatient().step(Laboratory.HOME);
        assertThat(lab.house.alarms.lookout.look(anxious).situation().fading())
                .as("one fresh proof is enough")
                .isEmpty();
    }

    @Test
    void theVerdictOfAClauseIsRememberedWithItsBegin() throws Exception {
        AlarmRound alarms = alarms(NotifySettings.NOBODY, lab.house.leases);
        alarms.step();
        Instant calm = lab.house.clock.now();
        damage();
        alarms.step();
        alarms.step();
        assertThat(lab.house.shift.since(calm).changes())
                .extracting(c -> c.clause() + " " + c.before() + " " + c.after())
                .contains("P-25 MET BREACHED")
                .doesNotHaveDuplicates();
        assertThat(lab.house.pages.plan().since()).containsKey(new holdfast.vocabulary.ClauseId("P-25"));
    }

    private void damage() throws IOException {
        CopyRow copy = lab.copy(VICTIM, Laboratory.HOME).orElseThrow();
        byte[] bytes = Files.readAllBytes(lab.path(copy));
        bytes[bytes.length / 2] ^= 1;
        Files.write(lab.path(copy), bytes);
        var impatient = lab.impatient();
        impatient.step(Laboratory.HOME);
        impatient.step(Laboratory.HOME);
        lab.house.attendant.step();
    }

    private AlarmRound alarms(NotifySettings settings, Leases leases) {
        return new AlarmRound(lab.house.database, leases, lab.house.alarms.lookout, lab.house.breaches, settings);
    }

    private DeliveryRound deliveries(NotifySettings settings, Leases leases) {
        return new DeliveryRound(lab.house.database, leases, settings.channels(), post, lab.house.clock);
    }

    private static NotifySettings settings(Channel... channels) {
        Rules rules = new Rules(Duration.ZERO, Duration.ofHours(1), Optional.empty(), Duration.ofDays(9));
        Thresholds noDisks = new Thresholds(10, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), 0);
        return new NotifySettings("the lab", rules, noDisks, List.of(channels));
    }

    private Channel mail(Optional<Login> login) {
        MailServer server = new MailServer("127.0.0.1", smtp.port(), Security.NONE, login);
        return new Mail(
                "mail", false, server, "holdfast@lab.example", List.of("shift@lab.example", "chief@lab.example"));
    }

    private Channel hook(boolean alive) {
        URI url = URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/somewhere");
        return new Webhook("hook", alive, url, "hook-secret");
    }

    private List<Posted> newsPosted() {
        return posted.stream()
                .filter(p -> p.body().contains("\"occasion\":\"NEWS\""))
                .toList();
    }

    private List<SmtpReceiver.Received> newsMail() {
        return smtp.received().stream()
                .filter(m -> m.header("X-Holdfast-Occasion").equals("NEWS"))
                .toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var head = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            posted.add(new Posted(
                    exchange.getRequestURI().getPath(),
                    head.getFirst("X-Holdfast-Message"),
                    head.getFirst("X-Holdfast-Time"),
                    head.getFirst("X-Holdfast-Signature"),
                    body));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    private void makeDue() {
        lab.house.database.write(c -> {
            try (var due = c.createStatement()) {
                return due.executeUpdate("update delivery set due_at = 0 where delivered_at is null");
            }
        });
    }

    private void secret(String name, String text, String permissions) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
