package dev.averment.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that a user may write to reach what only the server reaches: none of them leads to a connection. */
class HostileAddressesTest {

    static List<String> corpus() throws IOException {
        try (InputStream file = HostileAddressesTest.class.getResourceAsStream(
                "/dev/averment/checks/outboundpolicy/hostile-addresses.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .toList();
        }
    }

    @Test
    void the_corpus_holds_at_least_150_different_spellings() throws IOException {
        assertThat(corpus()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(150);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void a_hostile_address_is_refused_before_any_connection(String line) throws Exception {
        // Only what a name service may answer stands behind the last blank; blanks inside of an address belong to it.
        int blank = line.matches(".*/ [0-9a-f.:,]+") ? line.lastIndexOf(' ') : line.length();
        List<InetAddress> answers = blank == line.length()
                ? List.of()
                : Stream.of(line.substring(blank + 1).split(",", -1))
                        .map(InetAddress::ofLiteral)
                        .toList();
        OutboundClient.Resolver resolver = host -> {
            if (answers.isEmpty()) {
                throw new AssertionError("the name service was asked for " + host);
            }
            return answers;
        };
        try (var client = new OutboundClient(
                new AddressPolicy(List.of()), SSLContext.getDefault(), resolver, OutboundClient.Times.USUAL)) {
            assertThatThrownBy(() -> client.send(new OutboundRequest(
                            "POST", OutboundUrl.of(line.substring(0, blank)), Map.of(), new byte[] {'x'})))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(OutboundFailure.REFUSED));
        }
    }

    /** A name server that answers a public address first and the loopback address after that is asked once. */
    @Test
    void a_rebinding_name_service_gets_one_look_an_attempt() throws Exception {
        var looks = new AtomicInteger();
        OutboundClient.Resolver rebinding = host -> List.of(
                looks.getAndIncrement() == 0 ? InetAddress.ofLiteral("192.0.2.1") : InetAddress.getLoopbackAddress());
        // The range for documents is opened so that the first answer passes, and nothing answers there.
        var policy = new AddressPolicy(List.of(Cidr.of("192.0.2.0/24")));
        var times = new OutboundClient.Times(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(400));
        try (var client = new OutboundClient(policy, SSLContext.getDefault(), rebinding, times)) {
            assertThatThrownBy(() -> client.send(new OutboundRequest(
                            "GET", OutboundUrl.of("https://rebinding.example.com/"), Map.of(), new byte[0])))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isIn(OutboundFailure.CONNECT, OutboundFailure.TIMEOUT));
            assertThat(looks).hasValue(1);
            assertThatThrownBy(() -> client.send(new OutboundRequest(
                            "GET", OutboundUrl.of("https://rebinding.example.com/"), Map.of(), new byte[0])))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isEqualTo(OutboundFailure.REFUSED));
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void a_refusal_names_no_address_that_the_host_resolves_to() throws Exception {
        OutboundClient.Resolver resolver = host -> List.of(InetAddress.ofLiteral("10.11.12.13"));
        try (var client = new OutboundClient(
                new AddressPolicy(List.of()), SSLContext.getDefault(), resolver, OutboundClient.Times.USUAL)) {
            assertThatThrownBy(() -> client.send(new OutboundRequest(
                            "GET", OutboundUrl.of("https://inside.example.com/"), Map.of(), new byte[0])))
                    .hasMessageContaining("inside.example.com")
                    .hasMessageNotContaining("10.11");
        }
    }

    @Test
    void a_name_without_an_address_is_said_to_be_one() throws Exception {
        OutboundClient.Resolver nobody = host -> {
            throw new UnknownHostException(host);
        };
        try (var client = new OutboundClient(
                new AddressPolicy(List.of()), SSLContext.getDefault(), nobody, OutboundClient.Times.USUAL)) {
            assertThatThrownBy(() -> client.send(new OutboundRequest(
                            "GET", OutboundUrl.of("https://nobody.example.com/"), Map.of(), new byte[0])))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            e -> assertThat(e.failure()).isEqualTo(OutboundFailure.DNS));
        }
    }
}
