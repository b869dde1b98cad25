package dev.averment.server.identity.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens between services as attackers write them; each is right in all but the one thing that its test is about. */
@Asvs({"4.1.5", "9.1.1", "9.1.2", "9.1.3", "9.2.1", "9.2.2", "9.2.3", "9.2.4"})
class ActorTokensTest {
    private static final ServicePair PAIR = new ServicePair("console", "ingest");
    private static final Actor ACTOR = new Actor(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    private static final String PATH = "/internal/v1/whoami";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00Z"));
    private ServiceKeys keys;
    private ServiceKeys.Key key;
    private ActorTokens tokens;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        keys = new ServiceKeys(folder.resolve("services"), clock);
        key = keys.add(PAIR, clock.instant());
        tokens = new ActorTokens(keys, new ActorPolicy(Duration.ofMinutes(1)), clock);
    }

    private ActorTokens.Verified verify(ActorTokens.Signed signed) {
        return tokens.verify("ingest", signed.authorization(), signed.actor(), "GET", PATH);
    }

    private ActorTokens.Signed signed() throws Exception {
        return tokens.sign(PAIR, ACTOR, "GET", PATH);
    }

    private static JsonObject part(String token, int number) throws Exception {
        return Json.parseObject(Base64.getUrlDecoder().decode(token.split("\\.")[number]));
    }

    private static String letters(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A pair of tokens around an actor's token with other claims, all of it truly signed. */
    private ActorTokens.Signed truly(UnaryOperator<JsonObject> actor) throws Exception {
        String actors = CompactToken.signed(
                ServiceKeys.Use.ACTOR, "actor+jwt", PAIR, key, actor.apply(part(signed().actor(), 1)));
        return new ActorTokens.Signed(service(actors, s -> s), actors);
    }

    private String service(String actors, UnaryOperator<JsonObject> change) throws Exception {
        JsonObject claims = part(signed().authorization().substring(8), 1)
                .with(
                        "ath",
                        letters(Hash.sha256(actors.getBytes(StandardCharsets.US_ASCII))
                                .bytes()));
        return "Service "
                + CompactToken.signed(ServiceKeys.Use.SERVICE, "service+jwt", PAIR, key, change.apply(claims));
    }

    private static void refused(ActorTokens.Verified verified, ActorTokens.Why why) {
        assertThat(verified).isEqualTo(new ActorTokens.Verified.Bad(why));
    }

    @Test
    void what_was_signed_names_the_caller_and_the_actor() throws Exception {
        assertThat(verify(signed())).isInstanceOfSatisfying(ActorTokens.Verified.Good.class, good -> {
            assertThat(good.caller()).isEqualTo("console");
            assertThat(good.actor()).isEqualTo(ACTOR);
            assertThat(good.expires()).isEqualTo(clock.instant().plusSeconds(60));
        });
        assertThat(verify(truly(claims -> claims))).isInstanceOf(ActorTokens.Verified.Good.class);
    }

    @Test
    void every_token_has_an_id_of_its_own() throws Exception {
        assertThat(part(signed().actor(), 1).string("jti"))
                .isNotEqualTo(part(signed().actor(), 1).string("jti"));
    }

    @Test
    void a_token_dies_after_a_minute_and_is_not_good_before_its_time() throws Exception {
        ActorTokens.Signed signed = signed();
        clock.step(Duration.ofSeconds(59));
        assertThat(verify(signed)).isInstanceOf(ActorTokens.Verified.Good.class);
        clock.step(Duration.ofSeconds(1));
        refused(verify(signed), ActorTokens.Why.EXPIRED);
        long now = clock.instant().getEpochSecond();
        assertThat(verify(truly(c -> c.with("iat", now + 5).with("exp", now + 65))))
                .isInstanceOf(ActorTokens.Verified.Good.class);
        refused(verify(truly(c -> c.with("iat", now + 6).with("exp", now + 66))), ActorTokens.Why.NOT_YET);
    }

    /** A caller that grants itself an hour is refused by the callee, whose page says how long. */
    @Test
    void a_token_may_not_live_longer_than_the_page_says() throws Exception {
        long now = clock.instant().getEpochSecond();
        refused(verify(truly(c -> c.with("exp", now + 61))), ActorTokens.Why.LIVES_TOO_LONG);
        refused(verify(truly(c -> c.with("iat", now - 86_400).with("exp", now + 30))), ActorTokens.Why.LIVES_TOO_LONG);
    }

    @Test
    void a_token_is_for_one_method_and_one_path() throws Exception {
        ActorTokens.Signed signed = signed();
        refused(
                tokens.verify("ingest", signed.authorization(), signed.actor(), "POST", PATH),
                ActorTokens.Why.OTHER_REQUEST);
        refused(
                tokens.verify("ingest", signed.authorization(), signed.actor(), "GET", "/internal/v1/workspace"),
                ActorTokens.Why.OTHER_REQUEST);
    }

    @Test
    void a_token_is_for_one_audience_even_where_the_key_is_known() throws Exception {
        ActorTokens.Signed signed = signed();
        refused(
                tokens.verify("worker", signed.authorization(), signed.actor(), "GET", PATH),
                ActorTokens.Why.OTHER_AUDIENCE);
        refused(verify(truly(c -> c.with("aud", "worker"))), ActorTokens.Why.OTHER_AUDIENCE);
        refused(verify(truly(c -> c.with("iss", "worker"))), ActorTokens.Why.OTHER_AUDIENCE);
    }

    @Test
    void a_key_of_another_pair_of_services_is_worth_nothing_here() throws Exception {
        var other = new ServicePair("worker", "ingest");
        ServiceKeys.Key theirs = keys.add(other, clock.instant());
        // Signed with the worker's key, and said to be the console's.
        String forged =
                CompactToken.signed(ServiceKeys.Use.ACTOR, "actor+jwt", PAIR, theirs, part(signed().actor(), 1));
        refused(verify(new ActorTokens.Signed(service(forged, s -> s), forged)), ActorTokens.Why.NO_KEY);
        var renamed = new ServiceKeys.Key(key.id(), theirs.from(), theirs.secret());
        String again =
                CompactToken.signed(ServiceKeys.Use.ACTOR, "actor+jwt", PAIR, renamed, part(signed().actor(), 1));
        refused(verify(new ActorTokens.Signed(service(again, s -> s), again)), ActorTokens.Why.NOT_GENUINE);
        // The worker may call; it may not do so with what the console vouched for.
        ActorTokens.Signed consoles = signed();
        ActorTokens.Signed workers = tokens.sign(other, ACTOR, "GET", PATH);
        refused(
                verify(new ActorTokens.Signed(workers.authorization(), consoles.actor())),
                ActorTokens.Why.NOT_OF_EACH_OTHER);
    }

    @Test
    void tokens_of_two_requests_do_not_go_together() throws Exception {
        refused(
                verify(new ActorTokens.Signed(signed().authorization(), signed().actor())),
                ActorTokens.Why.NOT_OF_EACH_OTHER);
    }

    @Test
    void an_actor_s_token_is_no_service_s_and_the_other_way_round() throws Exception {
        ActorTokens.Signed signed = signed();
        String service = signed.authorization().substring(8);
        refused(
                verify(new ActorTokens.Signed("Service " + signed.actor(), signed.actor())),
                ActorTokens.Why.OTHER_TYPE);
        refused(verify(new ActorTokens.Signed(signed.authorization(), service)), ActorTokens.Why.OTHER_TYPE);
        // Relabelled under the key of the other use.
        String relabelled =
                CompactToken.signed(ServiceKeys.Use.SERVICE, "actor+jwt", PAIR, key, part(signed.actor(), 1));
        refused(verify(new ActorTokens.Signed(service(relabelled, s -> s), relabelled)), ActorTokens.Why.NOT_GENUINE);
    }

    static List<Arguments> headers() {
        return List.of(
                Arguments.of("{\"alg\":\"none\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"None\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"hs256\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS512\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"RS256\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"alg\":\"none\",\"kid\":\"KID\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"KID\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":null,\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"../../etc/passwd\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"console.ingest.000000000000\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"nobody.ingest.000000000000\",\"typ\":\"actor+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"actor+jwt\",\"crit\":[\"exp\"]}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"actor+jwt\",\"jku\":\"https://a.invalid\"}"),
                Arguments.of("{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"actor+jwt\",\"jwk\":{\"kty\":\"oct\"}}"),
                Arguments.of("[]"),
                Arguments.of("null"));
    }

    /** Under the true key, so that only the header is wrong. */
    @ParameterizedTest
    @MethodSource("headers")
    void a_header_that_asks_for_anything_else_is_refused(String header) throws Exception {
        String kid = part(signed().actor(), 0).string("kid");
        String input = letters(header.replace("KID", kid).getBytes(StandardCharsets.UTF_8)) + "."
                + signed().actor().split("\\.")[1];
        String mac = letters(key.mac(ServiceKeys.Use.ACTOR, input.getBytes(StandardCharsets.US_ASCII)));
        for (String signature : List.of(mac, "")) {
            String token = input + "." + signature;
            assertThat(verify(new ActorTokens.Signed(service(token, s -> s), token)))
                    .isInstanceOf(ActorTokens.Verified.Bad.class);
        }
    }

    @Test
    void one_changed_letter_anywhere_spoils_it() throws Exception {
        ActorTokens.Signed signed = signed();
        for (int at = 0; at < signed.actor().length(); at += 3) {
            String altered = altered(signed.actor(), at);
            assertThat(verify(new ActorTokens.Signed(service(altered, s -> s), altered)))
                    .as("actor, letter " + at)
                    .isInstanceOf(ActorTokens.Verified.Bad.class);
        }
        for (int at = 8; at < signed.authorization().length(); at += 3) {
            assertThat(verify(new ActorTokens.Signed(altered(signed.authorization(), at), signed.actor())))
                    .as("service, letter " + at)
                    .isInstanceOf(ActorTokens.Verified.Bad.class);
        }
        // The last letter of a signature has bits that stand for nothing; every other spelling is another token.
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char last = signed.actor().charAt(signed.actor().length() - 1);
        for (char other : letters.toCharArray()) {
            String token = signed.actor().substring(0, signed.actor().length() - 1) + other;
            if (other != last) {
                assertThat(verify(new ActorTokens.Signed(service(token, s -> s), token)))
                        .isInstanceOf(ActorTokens.Verified.Bad.class);
            }
        }
    }

    private static String altered(String text, int at) {
        char now = text.charAt(at);
        return text.substring(0, at) + (now == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    @Test
    void a_claim_more_or_less_or_of_another_kind_is_refused() throws Exception {
        assertThat(verify(truly(c -> c.with("admin", true)))).isInstanceOf(ActorTokens.Verified.Bad.class);
        for (String claim : List.of("iss", "aud", "sub", "sid", "ws", "htm", "htu", "iat", "exp", "jti")) {
            assertThat(verify(truly(c -> c.without(claim)))).as(claim).isInstanceOf(ActorTokens.Verified.Bad.class);
            assertThat(verify(truly(c -> c.with(claim, List.of("ingest", "worker")))))
                    .as(claim)
                    .isInstanceOf(ActorTokens.Verified.Bad.class);
        }
        assertThat(verify(truly(c -> c.with("sub", "somebody")))).isInstanceOf(ActorTokens.Verified.Bad.class);
        assertThat(verify(truly(c -> c.with("exp", "9999999999")))).isInstanceOf(ActorTokens.Verified.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "..",
                "a.b.c",
                "Bearer x",
                "Service",
                "Service ",
                "null.null.null",
                "e30.e30.e30",
                "\u0000"
            })
    void what_is_no_token_is_refused(String text) throws Exception {
        ActorTokens.Signed signed = signed();
        assertThat(verify(new ActorTokens.Signed(text, signed.actor()))).isInstanceOf(ActorTokens.Verified.Bad.class);
        assertThat(verify(new ActorTokens.Signed("Service " + text, signed.actor())))
                .isInstanceOf(ActorTokens.Verified.Bad.class);
        assertThat(verify(new ActorTokens.Signed(signed.authorization(), text)))
                .isInstanceOf(ActorTokens.Verified.Bad.class);
    }

    @Test
    void the_key_that_was_replaced_verifies_through_the_overlap_and_no_longer() throws Exception {
        ServiceKeys.Key next = keys.add(PAIR, clock.instant().plus(Duration.ofMinutes(5)));
        String before = part(signed().actor(), 0).string("kid");
        assertThat(before).endsWith(key.id());
        clock.step(Duration.ofMinutes(5));
        assertThat(part(signed().actor(), 0).string("kid")).endsWith(next.id());
        assertThat(verify(truly(c -> c))).as("old key, in the overlap").isInstanceOf(ActorTokens.Verified.Good.class);
        clock.step(ServiceKeys.OVERLAP);
        refused(verify(truly(c -> c)), ActorTokens.Why.NO_KEY);
        assertThat(verify(signed())).isInstanceOf(ActorTokens.Verified.Good.class);
    }

    @Test
    void nothing_that_is_secret_is_in_what_is_printed() throws Exception {
        assertThat(signed().toString()
                        + key
                        + CompactToken.parse(signed().actor()).orElseThrow())
                .doesNotContain(java.util.HexFormat.of().formatHex(key.secret()))
                .doesNotContain("eyJ");
    }
}
