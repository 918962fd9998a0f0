package holdfast.server.alarm;

import holdfast.alarm.Channel;
import holdfast.server.clock.HouseClock;
import holdfast.server.sql.MessageTable.Message;
import java.nio.file.Path;

/** Mail by SMTP, webhooks by HTTP. */
public final class PostOffice implements Post, AutoCloseable {
    private final MailPost mail;
    private final WebhookPost webhook;

    /** @param folder where secret files are that have no absolute path */
    public PostOffice(Path folder, HouseClock clock) {
        this.mail = new MailPost(folder);
        this.webhook = new WebhookPost(folder, clock);
    }

    @Override
    public Posted send(Channel channel, Message message) {
        return switch (channel) {
            case Channel.Mail to -> mail.send(to, message);
            case Channel.Webhook to -> webhook.send(to, message);
        };
    }

    @Override
    public void close() {
        webhook.close();
    }
}
