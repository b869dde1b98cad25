package dev.averment.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.webhook.SignatureOf;
import dev.averment.server.fixture.Receiver;
import dev.averment.server.fixture.Receiver.Received;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobOutcome;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an announcement to a receiver and back: good ones, bad ones, and processes that die in between. */
@Timeout(120)
class DeliveryFlowTest {
    @TempDir
    Path folder;

    private DeliveryRoom room;

    @BeforeEach
    void open() throws Exception {
        room = new DeliveryRoom(folder);
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    @Test
    void an_announcement_arrives_signed_and_is_written_down() throws Exception {
        Channels.Made made = room.webhook();
        room.start();
        assertThat(room.announce("open")).isEqualTo(1);
        Received received = room.receiver.received.take();
        assertThat(received.path()).isEqualTo("/in/abcdefghijkl");
        assertThat(received.headers()).containsEntry("content-type", "application/json");
        assertThat(DeliveryRoom.json(received.body()).string("type")).isEqualTo("incident.open");
        assertThat(signedBy(made.secret().orElseThrow(), received)).isTrue();
        Delivery delivery = room.until(made.channel().id(), "delivered");
        assertThat(delivery.tries()).isEqualTo(1);
        assertThat(received.headers().get("webhook-id"))
                .isEqualTo("msg_" + delivery.id().toString().replace("-", ""));
        assertThat(room.attempts(delivery)).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).contains("ok");
            assertThat(attempt.status()).contains(200);
            assertThat(attempt.snippet()).contains("ok");
            assertThat(attempt.millis()).isPresent();
        });
        assertThat(room.database.count(
                        "select count(*) from evidence.leaf where convert_from(bytes, 'UTF8') like '%delivery.attempt%'"))
                .as("entries of the log for the beginning and the end of the try")
                .isEqualTo(2);
    }

    private boolean signedBy(String secret, Received received) {
        long seconds = Long.parseLong(received.headers().get("webhook-timestamp"));
        assertThat(seconds).isEqualTo(room.clock.instant().getEpochSecond());
        return List.of(received.headers().get("webhook-signature").split(" "))
                .contains(SignatureOf.of(
                        secret, received.headers().get("webhook-id"), seconds, received.body()));
    }

    @Test
    void while_a_secret_is_replaced_both_sign() throws Exception {
        Channels.Made made = room.webhook();
        String fresh = room.in(tx -> room.channels.rotate(tx, room.workspace, made.channel().id()))
                .orElseThrow();
        room.start();
        room.announce("open");
        Received received = room.receiver.received.take();
        assertThat(signedBy(fresh, received)).isTrue();
        assertThat(signedBy(made.secret().orElseThrow(), received)).isTrue();
    }

    @Test
    void what_fails_is_tried_again_under_the_same_id_until_it_arrives() throws Exception {
        UUID channel = room.webhook().channel().id();
        room.receiver.behave(Receiver.answering(500, "down"));
        room.start();
        room.announce("open");
        Delivery failed = room.until(channel, "retrying");
        assertThat(Duration.between(room.clock.instant(), failed.next().orElseThrow()))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(room.channel(channel).failing()).contains(room.clock.instant());
        room.receiver.behave(Receiver.answering(429, "busy", "Retry-After: 600"));
        Delivery busy = room.nextTry(channel);
        assertThat(Duration.between(room.clock.instant(), busy.next().orElseThrow()))
                .isEqualTo(Duration.ofMinutes(10));
        room.receiver.behave(Receiver.answering(204, ""));
        assertThat(room.nextTry(channel).state()).isEqualTo("delivered");
        assertThat(room.channel(channel).failing()).isEmpty();
        assertThat(room.attempts(room.to(channel)))
                .extracting(a -> a.status().orElseThrow())
                .containsExactly(204, 429, 500);
        assertThat(List.of(room.receiver.received.take(), room.receiver.received.take(), room.receiver.received.take()))
                .extracting(r -> r.headers().get("webhook-id"))
                .containsOnly("msg_" + failed.id().toString().replace("-", ""));
    }

    @Test
    void after_ten_tries_it_is_exhausted_and_a_channel_that_fails_for_days_is_switched_off_and_the_others_hear_of_it()
            throws Exception {
        UUID broken = room.webhook(room.receiver.url("/broken")).channel().id();
        UUID good = room.webhook(room.receiver.url("/good")).channel().id();
        room.receiver.behave((r, socket) -> Receiver.answering(r.path().equals("/broken") ? 503 : 200, "x")
                .answer(r, socket));
        room.start();
        room.announce("open");
        room.until(broken, "retrying");
        Delivery delivery = room.to(broken);
        while (delivery.state().equals("retrying")) {
            delivery = room.nextTry(broken);
        }
        assertThat(delivery.state()).isEqualTo("exhausted");
        assertThat(delivery.tries()).isEqualTo(RetrySchedule.TRIES);
        assertThat(room.channel(broken).enabled()).as("after three days").isTrue();
        room.clock.step(Duration.ofDays(2));
        room.announce("update");
        Delivery told = room.until(good, d -> d.what().dedupKey().equals("channel:" + broken));
        assertThat(told.what().title()).isEqualTo("Alert path broken: Our webhook");
        assertThat(told.what().severity()).isEqualTo("critical");
        assertThat(room.channel(broken).enabled()).isFalse();
        assertThat(room.channel(broken).why().orElseThrow()).startsWith("Nothing has arrived there since ");
        assertThat(room.announce("resolve")).as("only to the one that is on").isEqualTo(1);
    }

    @Test
    void where_nobody_is_any_more_the_channel_is_switched_off_and_what_waits_is_cancelled() throws Exception {
        UUID gone = room.webhook(room.receiver.url("/gone")).channel().id();
        UUID good = room.webhook(room.receiver.url("/good")).channel().id();
        room.receiver.behave((r, socket) -> Receiver.answering(r.path().equals("/gone") ? 410 : 200, "x")
                .answer(r, socket));
        room.announce("open");
        room.start();
        room.until(gone, "exhausted");
        assertThat(room.channel(gone).why()).contains("The receiver says that nobody is there any more.");
        room.until(good, d -> d.what().title().startsWith("Alert path broken") && d.state().equals("delivered"));
        room.in(tx -> room.channels.change(tx, room.workspace, gone, null, null, true));
        room.receiver.behave(Receiver.answering(500, "x"));
        room.announce("open");
        room.until(gone, "retrying");
        room.in(tx -> room.channels.remove(tx, room.workspace, gone));
        assertThat(room.database.count("select count(*) from delivery.channel where state <> 'removed'")).isEqualTo(1);
        room.clock.step(Duration.ofSeconds(7));
        room.announce("update");
        room.until(gone, "cancelled");
        assertThat(room.database.count("select length(sealed) from delivery.channel where channel_id = ?", gone))
                .as("nothing is left of its secrets")
                .isZero();
    }

    private void hostile(Receiver.Manner manner, String outcome) throws Exception {
        UUID channel = room.webhook(room.receiver.url("/hostile")).channel().id();
        UUID good = room.webhook(room.receiver.url("/good")).channel().id();
        room.receiver.behave((r, socket) -> (r.path().equals("/hostile") ? manner : Receiver.answering(200, "ok"))
                .answer(r, socket));
        room.start();
        room.announce("open");
        room.until(good, "delivered");
        Delivery failed = room.until(channel, d -> d.state().equals("retrying") || d.state().equals("delivered"));
        assertThat(room.attempts(failed)).singleElement().satisfies(a -> assertThat(a.outcome()).contains(outcome));
    }

    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void a_receiver_that_hangs_is_a_timeout_and_holds_up_no_other() throws Exception {
        hostile((_, _) -> end.await(), "timeout");
        end.countDown();
    }

    @Test
    void a_receiver_that_answers_a_byte_at_a_time_is_a_timeout() throws Exception {
        hostile(
                (_, socket) -> {
                    for (int i = 0; i < 1_000; i++) {
                        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes()[i % 20]);
                        socket.getOutputStream().flush();
                        end.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
                    }
                },
                "timeout");
    }

    @Test
    void a_receiver_that_resets_is_a_lost_connection() throws Exception {
        hostile(
                (_, socket) -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                },
                "connect");
    }

    @Test
    void a_redirect_is_no_success_and_is_not_followed() throws Exception {
        hostile(Receiver.answering(302, "", "Location: https://localhost:1/elsewhere"), "http_status");
    }

    @Test
    void what_is_no_http_is_malformed() throws Exception {
        hostile((_, socket) -> socket.getOutputStream().write("SSH-2.0-OpenSSH\r\n\r\n".getBytes()), "malformed");
    }

    @Test
    void of_an_endless_answer_the_beginning_is_kept() throws Exception {
        var sent = new AtomicInteger();
        hostile((_, socket) -> flood(socket, sent), "ok");
        Delivery delivered = room.all().stream().filter(d -> d.state().equals("delivered")).toList().getLast();
        assertThat(room.database.count("select max(length(snippet)) from delivery.attempt")).isEqualTo(8_192);
        assertThat(delivered.tries()).isEqualTo(1);
        assertThat(sent.get()).as("MiB that were taken").isLessThan(100);
    }

    private static void flood(Socket socket, AtomicInteger sent) throws Exception {
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n".getBytes());
        byte[] mebibyte = new byte[1 << 20];
        java.util.Arrays.fill(mebibyte, (byte) 'x');
        for (int i = 0; i < 10_240; i++) {
            socket.getOutputStream().write(mebibyte);
            sent.incrementAndGet();
        }
    }

    @Test
    void an_address_inside_is_blocked_and_named_to_nobody() {
        UUID channel = room.webhook("https://inside.example.com/x").channel().id();
        room.start();
        room.announce("open");
        Delivery blocked = room.until(channel, "blocked");
        assertThat(room.attempts(blocked)).singleElement().satisfies(a -> {
            assertThat(a.outcome()).contains("blocked");
            assertThat(a.snippet().orElseThrow()).contains("not allowed").doesNotContain("127.0.0.9");
        });
    }

    @Test
    void a_try_whose_process_died_is_unknown_and_is_made_again() throws Exception {
        UUID channel = room.webhook().channel().id();
        room.announce("open");
        Delivery delivery = room.to(channel);
        // What a process leaves that died while it waited for the answer.
        room.in(tx -> {
            new DeliveryStore().begin(tx, room.workspace, delivery.id(), 1, room.clock.instant());
            return true;
        });
        room.start();
        Delivery delivered = room.until(channel, "delivered");
        assertThat(delivered.tries()).isEqualTo(2);
        assertThat(room.attempts(delivered))
                .extracting(a -> a.outcome().orElseThrow())
                .containsExactly("ok", "unknown");
    }

    @Test
    void an_end_that_was_written_down_is_not_tried_again_when_the_job_comes_back() throws Exception {
        UUID channel = room.webhook().channel().id();
        room.announce("open");
        var job = new Job(
                room.workspace,
                1,
                Deliveries.JOB,
                JsonObject.of("delivery", room.to(channel).id().toString()),
                1,
                20);
        room.receiver.behave(Receiver.answering(500, "x"));
        assertThat(room.sender().run(job)).isInstanceOf(JobOutcome.Again.class);
        assertThat(room.sender().run(job)).isEqualTo(new JobOutcome.Again(room.to(channel).next().orElseThrow()));
        assertThat(room.to(channel).tries()).isEqualTo(1);
        assertThat(room.receiver.received).hasSize(1);
    }

    @Test
    void an_announcement_of_a_transaction_that_rolls_back_goes_nowhere() {
        room.webhook();
        assertThatThrownBy(() -> room.in(tx -> {
                    room.deliveries.announce(tx, room.workspace, announcement(), java.util.Optional.empty());
                    throw new IllegalStateException("the change fails");
                }))
                .hasMessage("the change fails");
        assertThat(room.all()).isEmpty();
    }

    private Announcement announcement() {
        return new Announcement(
                "open",
                "x",
                Announcement.NONE,
                "info",
                "t",
                "",
                java.net.URI.create("https://averment.test/"),
                room.clock.instant(),
                JsonObject.of());
    }

    @Test
    void nothing_secret_lies_open_in_the_database_or_comes_back_from_a_receiver_that_repeats_it() throws Exception {
        Channels.Made made = room.webhook();
        room.add("pagerduty", JsonObject.of("routingKey", "0123456789abcdef0123456789abcdef"));
        room.add("email", JsonObject.of("to", List.of("somebody@example.org")));
        room.receiver.behave((r, socket) -> Receiver.answering(400, "no such hook " + r.path() + " " + r.headers())
                .answer(r, socket));
        room.start();
        room.in(tx -> room.deliveries.announce(
                tx,
                room.workspace,
                announcement(),
                java.util.Optional.of(List.of(made.channel().id()))));
        Delivery failed = room.until(made.channel().id(), "retrying");
        assertThat(room.attempts(failed).getFirst().snippet().orElseThrow())
                .startsWith("no such hook [redacted] ")
                .doesNotContain("abcdefghijkl");
        for (String table : List.of(
                "delivery.channel", "delivery.delivery", "delivery.attempt", "jobs.job", "jobs.attempt", "evidence.leaf")) {
            for (Map<String, Object> row : room.database.rows("select t::text as row from " + table + " t")) {
                String text = row.get("row").toString();
                for (String secret : List.of(
                        "abcdefghijkl",
                        "0123456789abcdef0123456789abcdef",
                        "somebody@example.org",
                        made.secret().orElseThrow().substring(6))) {
                    assertThat(text).as(table).doesNotContain(secret);
                    assertThat(text)
                            .as(table)
                            .doesNotContain(java.util.HexFormat.of().formatHex(secret.getBytes()));
                }
            }
        }
    }

    @Test
    void one_that_can_t_be_mailed_is_tried_again_and_says_why() {
        UUID channel = room.add("email", JsonObject.of("to", List.of("ops@example.org"))).channel().id();
        room.start();
        room.announce("open");
        Delivery failed = room.until(channel, "retrying");
        assertThat(room.attempts(failed).getFirst().outcome()).contains("mail");
        assertThat(room.attempts(failed).getFirst().snippet().orElseThrow()).startsWith("The mail relay can't be reached");
    }
}
