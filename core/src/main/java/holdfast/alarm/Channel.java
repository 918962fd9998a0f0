package holdfast.alarm;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where messages go. Secrets stand in files of their own and are read when they are needed. */
public sealed interface Channel {
    /** The name in the settings file, and in the rows of what still has to be said there. */
    String name();

    /** Whether signs of life are given here too. */
    boolean alive();

    /** Mail by SMTP (RFC 5321). */
    record Mail(String name, boolean alive, MailServer server, String from, List<String> to) implements Channel {
        public Mail {
            to = List.copyOf(to);
        }
    }

    /** A mail server. @param login who we are there; empty where it asks nobody */
    record MailServer(String host, int port, Security security, Optional<Login> login) {}

    /** A user and the file with the password. */
    record Login(String user, String passwordFile) {}

    /** How the way to a mail server is kept from others. */
    enum Security {
        /** Encryption is asked for, and nothing is sent without it. */
        STARTTLS,
        /** Encrypted from the first byte. */
        TLS,
        /** In the clear: for a relay on this machine or in a closed network; never with a password. */
        NONE
    }

    /** A POST of JSON, signed with a shared secret. */
    record Webhook(String name, boolean alive, URI url, String secretFile) implements Channel {}
}
