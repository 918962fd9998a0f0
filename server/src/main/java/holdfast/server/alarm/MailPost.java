package holdfast.server.alarm;

import holdfast.alarm.Channel.Login;
import holdfast.alarm.Channel.Mail;
import holdfast.alarm.Channel.MailServer;
import holdfast.alarm.Channel.Security;
import holdfast.server.alarm.Post.Posted;
import holdfast.server.sql.MessageTable.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/**
 * Sends a message as mail (RFC 5322 over RFC 5321). A repetition has the {@code Message-ID} of the first attempt. All
 * recipients take it, or it is sent to all of them again.
 */
final class MailPost {
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "20000";

    private final Path folder;

    /** @param folder where password files are that have no absolute path */
    MailPost(Path folder) {
        this.folder = folder;
    }

    Posted send(Mail mail, Message message) {
        try {
            Session session = Session.getInstance(properties(mail.server()));
            MimeMessage letter = letter(session, mail, message);
            try (Transport transport = session.getTransport("smtp")) {
                Optional<Login> login = mail.server().login();
                if (login.isPresent()) {
                    String password = new SecretFile(folder.resolve(login.get().passwordFile())).read();
                    transport.connect(login.get().user(), password);
                } else {
                    transport.connect();
                }
                transport.sendMessage(letter, letter.getAllRecipients());
            }
            return new Posted.Taken();
        } catch (MessagingException | IOException e) {
            return new Posted.Failed(mail.server().host() + ": " + e.getClass().getSimpleName() + " "
                    + String.valueOf(e.getMessage()).strip());
        }
    }

    private static MimeMessage letter(Session session, Mail mail, Message message) throws MessagingException {
        MimeMessage letter = new Letter(session, "<" + message.id() + "@holdfast>");
        letter.setFrom(new InternetAddress(mail.from(), true));
        for (String to : mail.to()) {
            letter.addRecipient(jakarta.mail.Message.RecipientType.TO, new InternetAddress(to, true));
        }
        letter.setSubject(message.text().subject(), StandardCharsets.UTF_8.name());
        letter.setText(message.text().body(), StandardCharsets.UTF_8.name());
        letter.setSentDate(Date.from(message.at()));
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setHeader("X-Holdfast-Message", message.id().toString());
        letter.setHeader("X-Holdfast-Occasion", message.occasion().name());
        letter.saveChanges();
        return letter;
    }

    private static Properties properties(MailServer server) {
        Properties p = new Properties();
        p.setProperty("mail.smtp.host", server.host());
        p.setProperty("mail.smtp.port", Integer.toString(server.port()));
        p.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        p.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
        p.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
        p.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        p.setProperty("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS));
        p.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        p.setProperty("mail.smtp.ssl.enable", Boolean.toString(server.security() == Security.TLS));
        return p;
    }

    /** A message that keeps the id it was given. */
    private static final class Letter extends MimeMessage {
        private final String id;

        Letter(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
