package dev.averment.server.outbound;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * Hands mail to the operator's relay by SMTP (RFC 5321) over TLS 1.2 or later, a connection a message. The relay's name must be
 * in its certificate; where TLS can't be had nothing is sent.
 */
public final class SmtpRelay implements MailRoute {
    private static final String PATIENCE_MILLIS = "15000";

    private final MailRelay relay;
    private final InstantSource clock;
    private final Properties properties;

    /** @param trust whose certificates count */
    public SmtpRelay(MailRelay relay, SSLContext trust, InstantSource clock) {
        this.relay = relay;
        this.clock = clock;
        this.properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", relay.host());
        properties.put("mail.smtp.port", Integer.toString(relay.port()));
        properties.put("mail.smtp.auth", Boolean.toString(relay.user().isPresent()));
        properties.put("mail.smtp.starttls.enable", Boolean.toString(relay.starttls()));
        properties.put("mail.smtp.starttls.required", Boolean.toString(relay.starttls()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(!relay.starttls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
        properties.put("mail.smtp.ssl.socketFactory", trust.getSocketFactory());
        properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.mime.charset", "UTF-8");
    }

    @Override
    public void send(List<String> to, String subject, String text, String id) throws MailException {
        hand(session -> message(session, to, subject, text, id));
    }

    /** Hands over a message that is written already (RFC 5322), to whom it says. */
    void forward(byte[] written) throws MailException {
        hand(session -> {
            var message = new MimeMessage(session, new ByteArrayInputStream(written));
            message.setFrom(new InternetAddress(relay.from()));
            return message;
        });
    }

    /** Makes a message for a session. */
    private interface Writer {
        MimeMessage write(Session session) throws MessagingException;
    }

    private void hand(Writer writer) throws MailException {
        try {
            MimeMessage message = writer.write(session());
            Transport.send(message, message.getAllRecipients());
        } catch (AuthenticationFailedException e) {
            throw new MailException("The mail relay does not take this server's user and password.", false);
        } catch (SendFailedException e) {
            boolean never = e instanceof SMTPSendFailedException refused && refused.getReturnCode() / 100 == 5;
            throw new MailException(
                    never || (e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0)
                            ? "The mail relay refuses this message or one of its addresses."
                            : "The mail relay does not take this message now.",
                    never);
        } catch (MessagingException e) {
            throw new MailException("The mail relay can't be reached over TLS, or did not answer in time.", false);
        } catch (IOException e) {
            throw new MailException("The password of the mail relay can't be read.", false);
        }
    }

    private Session session() throws IOException {
        if (relay.user().isEmpty() || relay.passwordFile().isEmpty()) {
            return Session.getInstance(properties);
        }
        String user = relay.user().get();
        String password = Files.readString(relay.passwordFile().get()).strip();
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        });
    }

    private MimeMessage message(Session session, List<String> to, String subject, String text, String id)
            throws MessagingException {
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader(
                        "Message-ID",
                        "<" + id + "@" + relay.from().substring(relay.from().indexOf('@') + 1) + ">");
            }
        };
        message.setFrom(new InternetAddress(relay.from()));
        for (String address : to) {
            message.addRecipient(RecipientType.TO, new InternetAddress(address, true));
        }
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(text, StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSentDate(Date.from(clock.instant()));
        message.saveChanges();
        return message;
    }
}
