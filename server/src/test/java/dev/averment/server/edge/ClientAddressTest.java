package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

@Asvs({"4.1.3", "15.3.4"})
class ClientAddressTest {
    private static final List<String> PROXIES = List.of("10.0.0.0/8", "192.0.2.9", "2001:db8:f::/48");

    private static String address(List<String> trusted, String peer, String... forwarded) {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (String header : forwarded) {
            request.addHeader("X-Forwarded-For", header);
        }
        return new ClientAddress(trusted).of(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.5", "203.0.113.5, 10.0.0.1", "127.0.0.1", "", "unknown", "::1"})
    void without_trusted_proxies_no_header_is_believed(String forwarded) {
        assertThat(address(List.of(), "198.51.100.7", forwarded)).isEqualTo("198.51.100.7");
        assertThat(address(List.of(), "10.0.0.1", forwarded)).isEqualTo("10.0.0.1");
        assertThat(address(PROXIES, "198.51.100.7", forwarded)).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5 | 203.0.113.5",
                "203.0.113.5, 10.0.0.2 | 203.0.113.5",
                "203.0.113.5,10.0.0.2,10.1.2.3 | 203.0.113.5",
                "  203.0.113.5  ,  10.0.0.2  | 203.0.113.5",
                "127.0.0.1, 203.0.113.5 | 203.0.113.5",
                "10.9.9.9, 203.0.113.5 | 203.0.113.5",
                "1.1.1.1, 203.0.113.5, 10.0.0.2 | 203.0.113.5",
                "10.0.0.3, 10.0.0.2 | 10.0.0.3",
                "203.0.113.5, 192.0.2.9 | 203.0.113.5",
                "203.0.113.5, 192.0.2.8 | 192.0.2.8",
                "203.0.113.5:51234 | 203.0.113.5",
                "2001:db8::7 | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7] | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:51234 | 2001:db8:0:0:0:0:0:7",
                "2001:DB8:0:0::7 | 2001:db8:0:0:0:0:0:7",
                "203.0.113.5, 2001:db8:f:1::2 | 203.0.113.5",
                "203.0.113.5, 2001:db8:e:1::2 | 2001:db8:e:1:0:0:0:2",
                "::ffff:203.0.113.5 | 203.0.113.5",
                "203.0.113.5, ::ffff:10.0.0.2 | 203.0.113.5",
                "'' | 10.0.0.1",
                "unknown | 10.0.0.1",
                "203.0.113.5, unknown | 10.0.0.1",
                "203.0.113.5, _hidden | 10.0.0.1",
                "203.0.113.5, unknown, 10.0.0.2 | 10.0.0.2",
                "203.0.113.5, | 10.0.0.1",
                "203.0.113.5,, 10.0.0.2 | 10.0.0.2",
                "1 | 10.0.0.1",
                "0x7f000001 | 10.0.0.1",
                "127.1 | 10.0.0.1",
                "203.0.113.256 | 10.0.0.1",
                "203.0.113.5.6 | 10.0.0.1",
                "203.0.113.5:port | 10.0.0.1",
                "localhost | 10.0.0.1",
                "proxy.example.com | 10.0.0.1",
                "fe80::1%1 | 10.0.0.1",
                "fe80::1%2147483647 | 10.0.0.1",
                ":::: | 10.0.0.1",
                "[::1 | 10.0.0.1",
                "'203.0.113.5\"; drop table' | 10.0.0.1",
                "٢٠٣.0.113.5 | 10.0.0.1"
            })
    void a_trusted_proxys_header_is_read_from_right_to_left(String forwarded, String client) {
        assertThat(address(PROXIES, "10.0.0.1", forwarded)).isEqualTo(client);
    }

    @Test
    void several_headers_are_one_in_their_order() {
        assertThat(address(PROXIES, "10.0.0.1", "1.1.1.1", "203.0.113.5", "10.0.0.2"))
                .isEqualTo("203.0.113.5");
        assertThat(address(PROXIES, "10.0.0.1", "203.0.113.5, 10.0.0.3", "10.0.0.2"))
                .isEqualTo("203.0.113.5");
        // The client's own header stands before the proxy's.
        assertThat(address(PROXIES, "10.0.0.1", "127.0.0.1", "203.0.113.5")).isEqualTo("203.0.113.5");
    }

    @Test
    void a_chain_without_end_is_not_followed() {
        String chain = "203.0.113.5" + ", 10.0.0.2".repeat(30);
        assertThat(address(PROXIES, "10.0.0.1", chain)).isEqualTo("10.0.0.2");
        assertThat(address(PROXIES, "10.0.0.1", "203.0.113.5" + ", 10.0.0.2".repeat(19)))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void no_other_header_says_who_somebody_is() {
        var request = new MockHttpServletRequest();
        request.setRemoteAddr("10.0.0.1");
        for (String name : List.of("X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP", "X-Client-IP")) {
            request.addHeader(name, name.equals("Forwarded") ? "for=203.0.113.5" : "203.0.113.5");
        }
        assertThat(new ClientAddress(PROXIES).of(request)).isEqualTo("10.0.0.1");
    }

    /** What goes into the log and the database has 45 characters at most, and no name of an interface. */
    @Test
    void the_peers_address_has_no_interface() {
        assertThat(address(List.of(), "fe80:0:0:0:0:0:0:1%eth0")).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(address(PROXIES, "fe80::1%nosuch", "203.0.113.5")).isEqualTo("fe80:0:0:0:0:0:0:1");
        assertThat(address(PROXIES, "0:0:0:0:0:ffff:a00:1", "203.0.113.5")).isEqualTo("203.0.113.5");
    }

    @Test
    void a_network_ends_where_its_prefix_says() {
        assertThat(address(List.of("10.0.0.0/30"), "10.0.0.3", "203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(address(List.of("10.0.0.0/30"), "10.0.0.4", "203.0.113.5")).isEqualTo("10.0.0.4");
        assertThat(address(List.of("10.0.0.7"), "10.0.0.7", "203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(address(List.of("10.0.0.7"), "10.0.0.6", "203.0.113.5")).isEqualTo("10.0.0.6");
        assertThat(address(List.of("0.0.0.0/0"), "10.0.0.4", "203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(address(List.of("::/0"), "10.0.0.4", "203.0.113.5")).isEqualTo("10.0.0.4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "::1/129", "10/8", "*"
            })
    void what_is_no_network_is_refused(String network) {
        assertThatThrownBy(() -> new ClientAddress(List.of(network))).isInstanceOf(IllegalArgumentException.class);
    }
}
