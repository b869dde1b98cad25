package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.outbound.MailException;
import dev.averment.server.outbound.MailRoute;
import dev.averment.server.outbound.OutboundAnswer;
import dev.averment.server.outbound.OutboundClient;
import dev.averment.server.outbound.OutboundException;
import dev.averment.server.outbound.OutboundFailure;
import dev.averment.server.outbound.OutboundRequest;
import dev.averment.server.outbound.OutboundUrl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a message to its receiver, once, and says how that ended without any secret. */
public final class Transport {
    private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

    private final OutboundClient client;
    private final MailRoute mail;
    private final Inbox inbox;

    public Transport(OutboundClient client, MailRoute mail, Inbox inbox) {
        this.client = client;
        this.mail = mail;
        this.inbox = inbox;
    }

    /**
     * Whose message it is.
     *
     * @param delivery the same for every try
     */
    record Sender(UUID workspace, UUID channel, UUID delivery) {}

    Tried send(ChannelType type, JsonObject settings, Message message, Sender from, InstantSource clock) {
        long began = System.nanoTime();
        List<String> secrets = type.secrets(settings);
        return switch (message) {
            case Message.Post post -> post(type, post, secrets, clock, began);
            case Message.Letter letter -> letter(letter, secrets, from.delivery(), began);
            case Message.Note note -> {
                inbox.take(from.workspace(), from.channel(), from.delivery(), note);
                yield new Tried(Reply.DELIVERED, "ok", null, null, since(began), Optional.empty(), false);
            }
        };
    }

    private Tried post(ChannelType type, Message.Post post, List<String> secrets, InstantSource clock, long began) {
        try {
            OutboundAnswer answer =
                    client.send(new OutboundRequest("POST", OutboundUrl.of(post.url()), post.headers(), post.body()));
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            Reply reply = type.judge(answer.status(), body);
            return new Tried(
                    reply,
                    reply == Reply.DELIVERED ? "ok" : "http_status",
                    answer.status(),
                    Redaction.of(answer.body(), secrets),
                    since(began),
                    Optional.ofNullable(answer.headers().get("retry-after"))
                            .flatMap(header -> RetrySchedule.retryAfter(header, clock.instant())),
                    BUSY.contains(answer.status()));
        } catch (OutboundException e) {
            return failed(Reply.RETRY, outcome(e.failure()), e.getMessage(), secrets, began);
        }
    }

    private static String outcome(OutboundFailure failure) {
        return switch (failure) {
            case REFUSED -> "blocked";
            case DNS -> "dns";
            case CONNECT -> "connect";
            case TLS -> "tls";
            case TIMEOUT -> "timeout";
            case MALFORMED -> "malformed";
        };
    }

    private Tried letter(Message.Letter letter, List<String> secrets, UUID delivery, long began) {
        try {
            mail.send(letter.to(), letter.subject(), letter.text(), delivery.toString());
            return new Tried(Reply.DELIVERED, "ok", null, null, since(began), Optional.empty(), false);
        } catch (MailException e) {
            return failed(e.permanent() ? Reply.REFUSED : Reply.RETRY, "mail", e.getMessage(), secrets, began);
        }
    }

    private static Tried failed(
            Reply reply, String outcome, @Nullable String reason, List<String> secrets, long began) {
        return new Tried(
                reply,
                outcome,
                null,
                Redaction.of(String.valueOf(reason).getBytes(StandardCharsets.UTF_8), secrets),
                since(began),
                Optional.empty(),
                outcome.equals("timeout"));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
