package holdfast.formats;

import holdfast.alarm.Channel;
import holdfast.alarm.Channel.Login;
import holdfast.alarm.Channel.MailServer;
import holdfast.alarm.Channel.Security;
import holdfast.alarm.NotifySettings;
import holdfast.alarm.Rules;
import holdfast.alarm.Thresholds;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a file of notifications (docs/reference/notify-file.md). Secrets are not in it: it names their files. */
public final class NotifyFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>,;\\p{Cntrl}]{1,64}@[A-Za-z0-9.:\\[\\]-]{1,255}");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Duration ALIVE = Duration.ofMinutes(15);

    /** Renewal of a proof begins when so much of its time is left; an alarm before that would be one about nothing. */
    private static final double RENEWED_AT = 20;

    private final Findings findings;

    private NotifyFile(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the file.
     *
     * @param fileName how findings call the file
     * @return the settings, or everything that is wrong with the file
     */
    public static Result<NotifySettings> read(String text, String fileName) {
        Findings findings = new Findings(fileName);
        Optional<NotifySettings> settings =
                YamlText.table(text, findings).map(table -> new NotifyFile(findings).settings(table));
        return findings.result(settings::orElseThrow);
    }

    private NotifySettings settings(Item.Table table) {
        Fields f = new Fields(table.spot(), table, NotifyShapes.NOTIFY, findings);
        f.count(NotifyShapes.VERSION_KEY, 1, 1);
        Fields when = new Fields(f.spot("when"), f.table("when"), NotifyShapes.WHEN, findings);
        List<Channel> channels = new ArrayList<>();
        for (Item.Field channel : f.table("channels").fields()) {
            channel(channel).ifPresent(channels::add);
        }
        if (f.has("channels") && f.table("channels").fields().isEmpty()) {
            findings.add(
                    f.spot("channels"),
                    "there is no channel, so that nobody is told",
                    "name one, with mail or webhook");
        }
        Rules d = Rules.DEFAULTS;
        Rules rules = new Rules(
                f.span("pause").orElse(d.pause()),
                f.span("repeat").orElse(d.repeat()),
                Optional.of(f.span("alive").orElse(ALIVE)),
                f.span("keep").orElse(d.keep()));
        return new NotifySettings(f.text("house"), rules, thresholds(when), channels);
    }

    private Thresholds thresholds(Fields when) {
        Thresholds d = Thresholds.DEFAULTS;
        double proofLeft = when.percent("proof-left").orElse(d.proofLeft());
        if (proofLeft >= RENEWED_AT) {
            findings.add(
                    when.spot("proof-left"),
                    "proofs are renewed when 20 % of their time is left",
                    "write less than 20 %, such as 10 %");
        }
        return new Thresholds(
                proofLeft,
                when.span("no-head-for").orElse(d.head()),
                when.span("not-shipped-for").orElse(d.segment()),
                when.span("no-restore-drill-for").orElse(d.drill()),
                when.percent("disk-left").orElse(d.diskLeft()));
    }

    private Optional<Channel> channel(Item.Field field) {
        if (!NAME.matcher(field.name()).matches()) {
            findings.add(
                    field.key().spot(),
                    "'" + field.name() + "' is no name of a channel",
                    "write up to 32 lower-case letters, digits or dashes");
        }
        if (!(field.value() instanceof Item.Table table)) {
            findings.add(field.value().spot(), "a channel is " + field.value().form(), "give it mail: or webhook:");
            return Optional.empty();
        }
        Fields f = new Fields(field.key().spot(), table, NotifyShapes.CHANNEL, findings);
        boolean alive = f.flag("alive", false);
        if (f.has("mail") == f.has("webhook")) {
            findings.add(field.key().spot(), "a channel is one way to tell", "give it mail or webhook, and not both");
            return Optional.empty();
        }
        return f.has("mail") ? mail(field.name(), alive, f) : webhook(field.name(), alive, f);
    }

    private Optional<Channel> mail(String name, boolean alive, Fields channel) {
        Fields f = new Fields(channel.spot("mail"), channel.table("mail"), NotifyShapes.MAIL, findings);
        Security security = f.choice("security", Security.values()).orElse(Security.STARTTLS);
        int port = f.count("port", 1, 65_535).orElse(usual(security));
        List<String> to =
                f.words("to").stream().flatMap(w -> address(w).stream()).toList();
        if (f.has("to") && f.words("to").isEmpty()) {
            findings.add(f.spot("to"), "mail to nobody", "name an address");
        }
        Optional<String> from = f.word("from").flatMap(this::address);
        Optional<Login> login = login(f, security);
        return from.map(sender ->
                new Channel.Mail(name, alive, new MailServer(f.text("server"), port, security, login), sender, to));
    }

    private static int usual(Security security) {
        return switch (security) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
    }

    private Optional<Login> login(Fields f, Security security) {
        if (f.has("user") != f.has("password-file")) {
            findings.add(
                    f.spot(f.has("user") ? "user" : "password-file"),
                    "a user and a password go together",
                    "give both user and password-file, or neither");
            return Optional.empty();
        }
        if (f.has("user") && security == Security.NONE) {
            findings.add(f.spot("security"), "a password would travel in the clear", "write security: starttls or tls");
        }
        return f.maybe("user").map(user -> new Login(user, f.text("password-file")));
    }

    private Optional<String> address(Item.Word word) {
        if (ADDRESS.matcher(word.text()).matches()) {
            return Optional.of(word.text());
        }
        findings.add(word.spot(), "'" + word.text() + "' is no address", "write one such as shift@lab.example");
        return Optional.empty();
    }

    private Optional<Channel> webhook(String name, boolean alive, Fields channel) {
        Fields f = new Fields(channel.spot("webhook"), channel.table("webhook"), NotifyShapes.WEBHOOK, findings);
        return f.word("url")
                .flatMap(this::url)
                .map(url -> new Channel.Webhook(name, alive, url, f.text("secret-file")));
    }

    private Optional<URI> url(Item.Word word) {
        try {
            URI url = new URI(word.text());
            boolean here = "http".equals(url.getScheme()) && THIS_MACHINE.contains(String.valueOf(url.getHost()));
            if (url.getHost() != null && url.getUserInfo() == null && (here || "https".equals(url.getScheme()))) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAnAddress) {
            // Said below, with the remedy.
        }
        findings.add(
                word.spot(),
                "a webhook goes over https to a host, without a user in its address",
                "write https://host/path; http for localhost only");
        return Optional.empty();
    }
}
