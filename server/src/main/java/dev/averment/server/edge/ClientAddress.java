package dev.averment.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a request comes from. A forwarding header is believed only when the connection itself comes from a proxy
 * that the operator named, and then from right to left, up to the first address that is none of them: everything to the
 * left of that was written by the client, or by somebody on its way (ASVS 15.3.4). Nothing is trusted by default.
 */
public final class ClientAddress {
    /** Hops that are looked at; a longer header is somebody's invention. */
    private static final int HOPS = 20;

    /** Not all that the JDK takes: it reads 1 as 0.0.0.1, and names of interfaces. */
    private static final Pattern HOP = Pattern.compile(
            "(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?|\\[([0-9A-Fa-f:.]{2,45})](?::\\d{1,5})?|([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)");

    private final List<Network> trusted;

    /** @param networks addresses or networks in CIDR form, such as {@code 10.0.0.0/8} */
    public ClientAddress(List<String> networks) {
        this.trusted = networks.stream().map(Network::parse).toList();
    }

    /** @throws IllegalArgumentException when one of {@code networks} is none */
    record Network(byte[] address, int bits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            String first = slash < 0 ? text : text.substring(0, slash);
            // The JDK would take the 10 of 10/8 for 0.0.0.10.
            byte[] address = ClientAddress.parse(first)
                    .orElseThrow(() -> new IllegalArgumentException(text + " is no network, such as 10.0.0.0/8"))
                    .getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException(text + " is no network: its prefix is longer than its address");
            }
            return new Network(address, bits);
        }

        boolean holds(InetAddress candidate) {
            byte[] other = candidate.getAddress();
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** In one form for each address; an IPv4 address inside of IPv6 as IPv4, without the name of an interface. */
    public String of(HttpServletRequest request) {
        String peer = request.getRemoteAddr();
        int zone = peer.indexOf('%');
        InetAddress current = InetAddress.ofLiteral(zone < 0 ? peer : peer.substring(0, zone));
        if (trusted.isEmpty() || !trusted(current)) {
            return current.getHostAddress();
        }
        for (String hop : hops(request)) {
            Optional<InetAddress> next = parse(hop);
            if (next.isEmpty()) {
                // A trusted proxy wrote or passed on nonsense: the last address that makes sense is the best there is.
                break;
            }
            current = next.get();
            if (!trusted(current)) {
                break;
            }
        }
        return current.getHostAddress();
    }

    /** A hop as proxies write it: four whole numbers, or IPv6 with or without brackets; some add the client's port. */
    private static Optional<InetAddress> parse(String hop) {
        Matcher form = HOP.matcher(hop);
        if (!form.matches()) {
            return Optional.empty();
        }
        String address = form.group(1) != null ? form.group(1) : form.group(2) != null ? form.group(2) : form.group(3);
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether that is a proxy which the operator named. */
    boolean trusted(InetAddress address) {
        return trusted.stream().anyMatch(network -> network.holds(address));
    }

    /** Right to left. */
    private static List<String> hops(HttpServletRequest request) {
        List<String> all = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            Arrays.stream(header.split(",", -1)).map(String::strip).forEach(all::add);
        }
        Collections.reverse(all);
        return all.size() > HOPS ? all.subList(0, HOPS) : all;
    }
}
