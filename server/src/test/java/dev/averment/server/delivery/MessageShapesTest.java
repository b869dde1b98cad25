package dev.averment.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.discord.DiscordChannel;
import dev.averment.server.delivery.email.EmailChannel;
import dev.averment.server.delivery.pagerduty.PagerDutyChannel;
import dev.averment.server.delivery.slack.SlackChannel;
import dev.averment.server.delivery.sms.SmsChannel;
import dev.averment.server.delivery.teams.TeamsChannel;
import dev.averment.server.delivery.webhook.WebhookChannel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind's message, byte for byte, and what its answers mean. */
class MessageShapesTest {
    private static final Instant AT = Instant.parse("2026-11-25T12:00:00Z");
    private static final UUID DELIVERY = UUID.fromString("019abcde-0000-7000-8000-000000000001");
    private static final Sending SENDING = new Sending(DELIVERY, AT, "averment.test");
    private static final Map<String, ChannelType> TYPES = Map.of(
            "webhook", new WebhookChannel(),
            "slack", new SlackChannel(),
            "teams", new TeamsChannel(),
            "discord", new DiscordChannel(),
            "pagerduty", new PagerDutyChannel(PagerDutyChannel.ENDPOINT),
            "sms", new SmsChannel(),
            "email", new EmailChannel());

    private static Announcement what(String kind, String title, String text) {
        return new Announcement(
                kind,
                "monitor:7",
                UUID.fromString("019abcde-0000-7000-8000-0000000000ff"),
                "critical",
                title,
                text,
                URI.create("https://averment.test/incidents/7"),
                AT,
                JsonObject.of("monitor", "nightly"));
    }

    private static JsonObject typed(String json) throws Exception {
        return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Message.Post post(String kind, JsonObject typed, Announcement what) throws Exception {
        ChannelType type = TYPES.get(kind);
        return (Message.Post) type.message(type.accept(typed), what, SENDING);
    }

    private static String body(Message.Post post) {
        return new String(post.body(), StandardCharsets.UTF_8);
    }

    @Test
    void a_slack_message_is_a_text_and_a_section_with_its_signs_escaped() throws Exception {
        var post = post(
                "slack",
                typed("{\"url\":\"https://hooks.slack.com/services/T0/B0/abcdefghijkl\"}"),
                what("open", "Backup <late> & lost", "Nothing since noon."));
        assertThat(post.url()).isEqualTo("https://hooks.slack.com/services/T0/B0/abcdefghijkl");
        assertThat(post.headers()).containsEntry("Content-Type", "application/json");
        assertThat(body(post))
                .isEqualTo("{\"blocks\":[{\"text\":{\"text\":\"*Backup &lt;late&gt; &amp; lost*\\nNothing since noon.\\n"
                        + "<https://averment.test/incidents/7|Open>\",\"type\":\"mrkdwn\"},\"type\":\"section\"}],"
                        + "\"text\":\"Backup &lt;late&gt; &amp; lost\"}");
    }

    @Test
    void a_teams_message_carries_an_adaptive_card_for_a_workflow() throws Exception {
        var post = post(
                "teams",
                typed("{\"url\":\"https://prod-1.westeurope.logic.azure.com/workflows/abc?sig=defghijkl\"}"),
                what("open", "Backup late", "Nothing since noon."));
        assertThat(body(post))
                .isEqualTo("{\"attachments\":[{\"content\":{"
                        + "\"$schema\":\"http://adaptivecards.io/schemas/adaptive-card.json\","
                        + "\"actions\":[{\"title\":\"Open\",\"type\":\"Action.OpenUrl\",\"url\":\"https://averment.test/incidents/7\"}],"
                        + "\"body\":[{\"size\":\"Medium\",\"text\":\"Backup late\",\"type\":\"TextBlock\",\"weight\":\"Bolder\",\"wrap\":true},"
                        + "{\"text\":\"Nothing since noon.\",\"type\":\"TextBlock\",\"wrap\":true},"
                        + "{\"facts\":[{\"title\":\"What\",\"value\":\"open\"},{\"title\":\"Severity\",\"value\":\"critical\"},"
                        + "{\"title\":\"When\",\"value\":\"2026-11-25T12:00:00Z\"}],\"type\":\"FactSet\"}],"
                        + "\"type\":\"AdaptiveCard\",\"version\":\"1.2\"},"
                        + "\"contentType\":\"application/vnd.microsoft.card.adaptive\",\"contentUrl\":null}],\"type\":\"message\"}");
    }

    @Test
    void a_discord_message_is_one_embed_that_mentions_nobody() throws Exception {
        var post = post(
                "discord",
                typed("{\"url\":\"https://discord.com/api/webhooks/1/abcdefghijkl\"}"),
                what("open", "@everyone", "Nothing since noon."));
        assertThat(body(post))
                .isEqualTo("{\"allowed_mentions\":{\"parse\":[]},\"embeds\":[{\"color\":11740702,"
                        + "\"description\":\"Nothing since noon.\",\"fields\":[{\"inline\":true,\"name\":\"What\",\"value\":\"open\"},"
                        + "{\"inline\":true,\"name\":\"Severity\",\"value\":\"critical\"}],\"timestamp\":\"2026-11-25T12:00:00Z\","
                        + "\"title\":\"@everyone\",\"url\":\"https://averment.test/incidents/7\"}],\"username\":\"Averment\"}");
        assertThat(body(post(
                        "discord",
                        typed("{\"url\":\"https://discord.com/api/webhooks/1/abcdefghijkl\"}"),
                        what("open", "t".repeat(300), "x".repeat(4_000)))))
                .contains("\"title\":\"" + "t".repeat(255) + "…\"");
    }

    @Test
    void pagerduty_gets_one_key_an_incident_and_no_more_than_that_when_it_is_over() throws Exception {
        JsonObject key = typed("{\"routingKey\":\"0123456789abcdef0123456789abcdef\"}");
        var post = post("pagerduty", key, what("open", "Backup late", "Nothing since noon."));
        assertThat(post.url()).isEqualTo("https://events.pagerduty.com/v2/enqueue");
        assertThat(body(post))
                .isEqualTo("{\"client\":\"Averment\",\"client_url\":\"https://averment.test/incidents/7\","
                        + "\"dedup_key\":\"averment.test:monitor:7\",\"event_action\":\"trigger\","
                        + "\"links\":[{\"href\":\"https://averment.test/incidents/7\",\"text\":\"Open\"}],"
                        + "\"payload\":{\"custom_details\":{\"text\":\"Nothing since noon.\"},\"severity\":\"critical\","
                        + "\"source\":\"averment.test\",\"summary\":\"Backup late\",\"timestamp\":\"2026-11-25T12:00:00Z\"},"
                        + "\"routing_key\":\"0123456789abcdef0123456789abcdef\"}");
        assertThat(body(post("pagerduty", key, what("resolve", "Backup late", ""))))
                .isEqualTo("{\"dedup_key\":\"averment.test:monitor:7\",\"event_action\":\"resolve\","
                        + "\"routing_key\":\"0123456789abcdef0123456789abcdef\"}");
        assertThat(body(post("pagerduty", key, what("acknowledge", "Backup late", ""))))
                .contains("\"event_action\":\"acknowledge\"");
    }

    @Test
    void a_text_message_is_short_and_has_an_id_that_stays() throws Exception {
        JsonObject settings =
                typed("{\"url\":\"https://sms.example.com/send\",\"token\":\"0123456789abcdef\",\"to\":[\"+4915112345678\"]}");
        var post = post("sms", settings, what("open", "Backup late", "Nothing since noon."));
        assertThat(post.headers()).containsEntry("Authorization", "Bearer 0123456789abcdef");
        assertThat(body(post))
                .isEqualTo("{\"id\":\"019abcde-0000-7000-8000-000000000001\","
                        + "\"text\":\"Backup late https://averment.test/incidents/7\",\"to\":[\"+4915112345678\"]}");
        String longest = typed(body(post("sms", settings, what("open", "t".repeat(300), "")))).string("text");
        assertThat(longest).hasSize(306).endsWith("… https://averment.test/incidents/7");
    }

    @Test
    void mail_says_all_in_plain_text() throws Exception {
        ChannelType type = TYPES.get("email");
        var letter = (Message.Letter) type.message(
                type.accept(typed("{\"to\":[\"ops@example.org\",\"boss@example.org\"]}")),
                what("open", "Backup late", "Nothing since noon."),
                SENDING);
        assertThat(letter.to()).containsExactly("ops@example.org", "boss@example.org");
        assertThat(letter.subject()).isEqualTo("[CRITICAL] Backup late");
        assertThat(letter.text()).contains("Nothing since noon.", "https://averment.test/incidents/7", "monitor:7");
    }

    @Test
    void a_webhook_says_what_kind_it_is_and_is_signed_with_both_secrets_while_one_is_replaced() throws Exception {
        var type = new WebhookChannel();
        JsonObject settings = type.accept(typed("{\"url\":\"https://hook.example.com/in\"}"));
        var post = (Message.Post) type.message(settings, what("open", "Backup late", "Nothing."), SENDING);
        assertThat(body(post))
                .isEqualTo("{\"data\":{\"dedupKey\":\"monitor:7\",\"incident\":\"019abcde-0000-7000-8000-0000000000ff\","
                        + "\"link\":\"https://averment.test/incidents/7\",\"monitor\":\"nightly\",\"severity\":\"critical\","
                        + "\"text\":\"Nothing.\",\"title\":\"Backup late\"},\"timestamp\":\"2026-11-25T12:00:00Z\","
                        + "\"type\":\"incident.open\"}");
        assertThat(post.headers())
                .containsEntry("webhook-id", "msg_019abcde000070008000000000000001")
                .containsEntry("webhook-timestamp", "1795608000");
        assertThat(post.headers().get("webhook-signature")).matches("v1,[A-Za-z0-9+/]{43}=");
        JsonObject rotated = WebhookChannel.rotated(settings, AT);
        String both = ((Message.Post) type.message(rotated, what("open", "Backup late", "Nothing."), SENDING))
                .headers()
                .get("webhook-signature");
        assertThat(both.split(" ")).hasSize(2).endsWith(post.headers().get("webhook-signature"));
        var later = new Sending(DELIVERY, AT.plus(WebhookChannel.OVERLAP), "averment.test");
        assertThat(((Message.Post) type.message(rotated, what("open", "Backup late", "Nothing."), later))
                        .headers()
                        .get("webhook-signature")
                        .split(" "))
                .as("once the overlap is over")
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "discord", "webhook"})
    void what_is_shown_of_an_address_does_not_open_it(String kind) throws Exception {
        ChannelType type = TYPES.get(kind);
        JsonObject settings = type.accept(typed("{\"url\":\"https://hook.example.com/in/abcdefghijkl?key=mnopqrstuvwx\"}"));
        assertThat(type.shown(settings)).isEqualTo("https://hook.example.com/…");
        assertThat(type.secrets(settings)).contains("abcdefghijkl", "mnopqrstuvwx");
    }

    @Test
    void keys_numbers_and_addresses_are_shown_by_their_ends() throws Exception {
        assertThat(shown("pagerduty", "{\"routingKey\":\"0123456789abcdef0123456789abcdef\"}"))
                .isEqualTo("integration key …cdef");
        assertThat(shown("sms", "{\"url\":\"https://a.example/x\",\"token\":\"0123456789abcdef\",\"to\":[\"+4915112345678\"]}"))
                .isEqualTo("https://a.example/… to …678");
        assertThat(shown("email", "{\"to\":[\"ops@example.org\"]}")).isEqualTo("o…@example.org");
    }

    private static String shown(String kind, String json) throws Exception {
        ChannelType type = TYPES.get(kind);
        return type.shown(type.accept(typed(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook {}",
                "webhook {\"url\":\"http://example.com/\"}",
                "webhook {\"url\":\"https://example.com/\",\"secret\":\"whsec_mine\"}",
                "slack {\"url\":\"https://user:pass@example.com/\"}",
                "pagerduty {\"routingKey\":\"short\"}",
                "sms {\"url\":\"https://a.example/\",\"token\":\"0123456789abcdef\",\"to\":[\"0151\"]}",
                "sms {\"url\":\"https://a.example/\",\"token\":\"0123456789abcdef\",\"to\":[]}",
                "email {\"to\":[\"a@b.example\\r\\nBcc: c@d.example\"]}",
                "email {\"to\":\"a@b.example\"}"
            })
    void what_can_t_be_right_is_refused_with_what_to_write(String line) {
        String[] parts = line.split(" ", 2);
        assertThatThrownBy(() -> TYPES.get(parts[0]).accept(typed(parts[1])))
                .isInstanceOf(ChannelException.class)
                .hasMessageMatching("(?s).{20,}");
    }

    @Test
    void answers_mean_what_each_receiver_means_by_them() {
        assertThat(TYPES.get("webhook").judge(204, "")).isEqualTo(Reply.DELIVERED);
        assertThat(TYPES.get("webhook").judge(302, "")).isEqualTo(Reply.RETRY);
        assertThat(TYPES.get("webhook").judge(404, "")).isEqualTo(Reply.RETRY);
        assertThat(TYPES.get("webhook").judge(410, "")).isEqualTo(Reply.GONE);
        assertThat(TYPES.get("slack").judge(404, "no_service")).isEqualTo(Reply.GONE);
        assertThat(TYPES.get("slack").judge(400, "invalid_token")).isEqualTo(Reply.GONE);
        assertThat(TYPES.get("slack").judge(400, "invalid_payload")).isEqualTo(Reply.RETRY);
        assertThat(TYPES.get("teams").judge(202, "")).isEqualTo(Reply.DELIVERED);
        assertThat(TYPES.get("discord").judge(404, "")).isEqualTo(Reply.GONE);
        assertThat(TYPES.get("pagerduty").judge(202, "")).isEqualTo(Reply.DELIVERED);
        assertThat(TYPES.get("pagerduty").judge(400, "")).isEqualTo(Reply.REFUSED);
        assertThat(TYPES.get("pagerduty").judge(429, "")).isEqualTo(Reply.RETRY);
        assertThat(List.of(TYPES.get("sms").judge(500, ""), TYPES.get("sms").judge(200, "")))
                .containsExactly(Reply.RETRY, Reply.DELIVERED);
    }
}
