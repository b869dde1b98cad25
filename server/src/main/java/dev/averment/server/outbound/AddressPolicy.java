package dev.averment.server.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses the server connects to when somebody else named the host. It looks at the bytes alone, for the words of
 * {@link InetAddress} ({@code isSiteLocalAddress} and its kin) know less than half of the ranges that are not public.
 *
 * <p>Sources of the ranges: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and what came after), RFC 6052 for
 * NAT64, RFC 5214 for ISATAP, and the metadata addresses that the providers document.
 */
public final class AddressPolicy {
    private record Range(Cidr cidr, String name) {
        static Range of(String cidr, String name) {
            return new Range(Cidr.of(cidr), name);
        }
    }

    private static final List<Range> IPV4 = List.of(
            Range.of("0.0.0.0/8", "this network"),
            Range.of("10.0.0.0/8", "private"),
            Range.of("100.64.0.0/10", "shared by a provider's customers"),
            Range.of("127.0.0.0/8", "loopback"),
            Range.of("168.63.129.16/32", "a provider's own service"),
            Range.of("169.254.0.0/16", "link-local, where providers keep their metadata"),
            Range.of("172.16.0.0/12", "private"),
            Range.of("192.0.0.0/24", "reserved for protocols"),
            Range.of("192.0.2.0/24", "for documents"),
            Range.of("192.31.196.0/24", "for AS112"),
            Range.of("192.52.193.0/24", "for multicast tunnels"),
            Range.of("192.88.99.0/24", "6to4 relays"),
            Range.of("192.168.0.0/16", "private"),
            Range.of("192.175.48.0/24", "for AS112"),
            Range.of("198.18.0.0/15", "for benchmarks"),
            Range.of("198.51.100.0/24", "for documents"),
            Range.of("203.0.113.0/24", "for documents"),
            Range.of("224.0.0.0/4", "multicast"),
            Range.of("240.0.0.0/4", "reserved"));

    private static final List<Range> IPV6 = List.of(
            Range.of("2001::/23", "reserved for protocols and tunnels"),
            Range.of("2001:db8::/32", "for documents"),
            Range.of("2002::/16", "6to4, which wraps an IPv4 address"),
            Range.of("2620:4f:8000::/48", "for AS112"),
            Range.of("3fff::/20", "for documents"));

    private static final Cidr GLOBAL_UNICAST = Cidr.of("2000::/3");
    private static final Cidr NAT64 = Cidr.of("64:ff9b::/96");

    /** Names that stand for this machine or its network, and for no public host (RFC 6761, 6762, 7686, 8375, 9476). */
    private static final List<String> LOCAL_NAMES = List.of(
            "localhost",
            "localdomain",
            "local",
            "internal",
            "intranet",
            "lan",
            "home",
            "corp",
            "private",
            "home.arpa",
            "onion",
            "alt",
            "test",
            "invalid");

    private final List<Cidr> allowed;

    /** @param allowed ranges that the operator opens though they are not public; never a workspace's to set */
    public AddressPolicy(List<Cidr> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /**
     * Why a host is not even looked up; empty when it may be. Where the operator opened ranges, local names are what leads
     * there, and what they resolve to decides.
     *
     * @param host lower case, without a trailing dot
     */
    public Optional<String> refusal(String host) {
        if (!allowed.isEmpty()) {
            return Optional.empty();
        }
        if (host.indexOf('.') < 0 && host.indexOf(':') < 0) {
            return Optional.of("a name without a dot, so one of a local network");
        }
        return LOCAL_NAMES.stream()
                .filter(ending -> host.endsWith("." + ending))
                .map(ending -> "a name that ends with ." + ending + ", so not a public one")
                .findFirst();
    }

    /** Why an address that a user wrote is refused for what it says of itself, before any name is looked up. */
    public Optional<String> refusal(OutboundUrl url) {
        Optional<InetAddress> literal = url.literal();
        return literal.isPresent() ? refusal(literal.get()) : refusal(url.host());
    }

    /** Why an address is not connected to; empty when it may be. */
    public Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (allowed.stream().anyMatch(range -> range.holds(bytes))) {
            return Optional.empty();
        }
        return bytes.length == 4 ? ofIpv4(bytes) : ofIpv6(bytes);
    }

    private static Optional<String> ofIpv4(byte[] address) {
        return IPV4.stream()
                .filter(range -> range.cidr().holds(address))
                .map(Range::name)
                .findFirst();
    }

    private static Optional<String> ofIpv6(byte[] address) {
        // A network without IPv4 reaches the IPv4 Internet by this prefix (RFC 6052): what counts is the address
        // inside.
        if (NAT64.holds(address)) {
            return ofIpv4(Arrays.copyOfRange(address, 12, 16)).map(name -> "translated to one that is " + name);
        }
        // Loopback, mapped, unique-local, link-local and multicast addresses all lie outside of this one range.
        if (!GLOBAL_UNICAST.holds(address)) {
            return Optional.of("not global");
        }
        // RFC 5214: the interface identifier carries an IPv4 address, to which a tunnel of the host would send.
        if ((address[8] & 0xfd) == 0 && address[9] == 0 && address[10] == 0x5e && (address[11] & 0xff) == 0xfe) {
            return Optional.of("ISATAP, which wraps an IPv4 address");
        }
        return IPV6.stream()
                .filter(range -> range.cidr().holds(address))
                .map(Range::name)
                .findFirst();
    }
}
