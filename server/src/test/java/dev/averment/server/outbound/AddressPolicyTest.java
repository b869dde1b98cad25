package dev.averment.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private final AddressPolicy policy = new AddressPolicy(List.of());

    /** The first and last address of each range, and their neighbours outside. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,0.255.255.255,,1.0.0.0",
        "10.0.0.0,10.255.255.255,9.255.255.255,11.0.0.0",
        "100.64.0.0,100.127.255.255,100.63.255.255,100.128.0.0",
        "127.0.0.0,127.255.255.255,126.255.255.255,128.0.0.0",
        "168.63.129.16,168.63.129.16,168.63.129.15,168.63.129.17",
        "169.254.0.0,169.254.255.255,169.253.255.255,169.255.0.0",
        "172.16.0.0,172.31.255.255,172.15.255.255,172.32.0.0",
        "192.0.0.0,192.0.0.255,191.255.255.255,192.0.1.0",
        "192.0.2.0,192.0.2.255,192.0.1.255,192.0.3.0",
        "192.88.99.0,192.88.99.255,192.88.98.255,192.88.100.0",
        "192.168.0.0,192.168.255.255,192.167.255.255,192.169.0.0",
        "198.18.0.0,198.19.255.255,198.17.255.255,198.20.0.0",
        "198.51.100.0,198.51.100.255,198.51.99.255,198.51.101.0",
        "203.0.113.0,203.0.113.255,203.0.112.255,203.0.114.0",
        "224.0.0.0,255.255.255.255,223.255.255.255,",
        "2001::,2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff,2000:ffff:ffff::,2001:200::",
        "2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,2001:db7:ffff::,2001:db9::",
        "2002::,2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff,2001:ffff:ffff::,2003::",
        "3fff::,3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff,3ffe:ffff:ffff::,3fff:1000::",
        "4000::,ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,3fff:ffff::,",
    })
    void a_range_is_refused_to_its_edges_and_no_further(String first, String last, String before, String after) {
        assertThat(policy.refusal(InetAddress.ofLiteral(first))).isPresent();
        assertThat(policy.refusal(InetAddress.ofLiteral(last))).isPresent();
        if (before != null) {
            assertThat(policy.refusal(InetAddress.ofLiteral(before))).isEmpty();
        }
        if (after != null) {
            assertThat(policy.refusal(InetAddress.ofLiteral(after))).isEmpty();
        }
    }

    /** What the platform itself takes for local, private or not unicast is refused: we only ever know more. */
    @Property(tries = 5_000)
    void nothing_passes_that_the_platform_calls_local(@ForAll @Size(4) byte[] bytes) throws UnknownHostException {
        assertPlatformAgrees(bytes);
    }

    @Property(tries = 5_000)
    void nothing_passes_that_the_platform_calls_local_in_ipv6(@ForAll @Size(16) byte[] bytes)
            throws UnknownHostException {
        assertPlatformAgrees(bytes);
    }

    private void assertPlatformAgrees(byte[] bytes) throws UnknownHostException {
        InetAddress address = InetAddress.getByAddress(bytes);
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            assertThat(policy.refusal(address)).isPresent();
        }
    }

    /** RFC 6052: on a network without IPv4, a public webhook is reached by just such an address. */
    @Property
    void a_translated_address_is_judged_as_the_one_inside(@ForAll @Size(4) byte[] inside) throws UnknownHostException {
        byte[] translated = Arrays.copyOf(new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b}, 16);
        System.arraycopy(inside, 0, translated, 12, 4);
        assertThat(policy.refusal(InetAddress.getByAddress(translated)).isPresent())
                .isEqualTo(policy.refusal(InetAddress.getByAddress(inside)).isPresent());
    }

    @Property
    void a_range_holds_just_the_addresses_that_share_its_prefix(
            @ForAll @Size(16) byte[] address, @ForAll @Size(16) byte[] other, @ForAll int anyPrefix) {
        int prefix = Math.floorMod(anyPrefix, 129);
        BigInteger mask = BigInteger.ONE
                .shiftLeft(128)
                .subtract(BigInteger.ONE)
                .shiftRight(128 - prefix)
                .shiftLeft(128 - prefix);
        byte[] network = sixteen(new BigInteger(1, address).and(mask));
        assertThat(new Cidr(network, prefix).holds(address)).isTrue();
        assertThat(new Cidr(network, prefix).holds(other))
                .isEqualTo(new BigInteger(1, other).and(mask).equals(new BigInteger(1, network)));
    }

    private static byte[] sixteen(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[16];
        int length = Math.min(16, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, 16 - length, length);
        return padded;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "x/8",
                "10.0.0.0/-1",
                "10/8x",
                "::/129",
                "/8",
                "10.0.0.0/"
            })
    void a_range_that_says_something_else_than_it_seems_is_refused(String text) {
        assertThatThrownBy(() -> Cidr.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3,true", "10.2.0.1,false", "192.168.0.1,false", "127.0.0.1,false", "93.184.215.14,true"})
    void the_operator_opens_ranges_and_nothing_beside_them(String address, boolean open) {
        var opened = new AddressPolicy(List.of(Cidr.of("10.1.0.0/16")));
        assertThat(opened.refusal(InetAddress.ofLiteral(address)).isEmpty()).isEqualTo(open);
    }
}
