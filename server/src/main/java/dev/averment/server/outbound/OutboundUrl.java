package dev.averment.server.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address that a user configured, in the one spelling that everybody reads alike. Whatever parsers disagree about
 * (short and octal IPv4 forms, backslashes, credentials, other alphabets' digits) is refused and not interpreted.
 *
 * @param uri  the whole address: {@code https}, no credentials, no fragment
 * @param host lower case, without a trailing dot, IPv6 without brackets
 * @param port 1 to 65535
 */
public record OutboundUrl(URI uri, String host, int port) {
    /** Longest address taken, in characters. */
    public static final int MAX_LENGTH = 2_048;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern QUAD = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    /** What a resolver may read as a number: decimal, octal or hexadecimal. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /**
     * Ports that speak something else than HTTP over TLS: a request to them is an attempt to talk to a mail server, a shell
     * or a store in its own words.
     */
    private static final Set<Integer> FOREIGN_PORTS = Set.of(
            1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 80, 87, 95, 101, 102, 103, 104,
            109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
            526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 873, 989, 990, 993, 995, 1433, 1521, 1719, 1720,
            1723, 2049, 2181, 2375, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5672, 5900, 5984, 6000,
            6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9042, 9092, 9100, 9200, 9300, 10080, 10250,
            11211, 27017);

    /**
     * Reads an address.
     *
     * @throws OutboundException with {@link OutboundFailure#REFUSED} and a reason for the user who wrote it
     */
    public static OutboundUrl of(String text) throws OutboundException {
        if (text.length() > MAX_LENGTH) {
            throw refused("it is longer than " + MAX_LENGTH + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')) {
            throw refused("it holds a blank, a backslash or a letter outside of ASCII; write a host of another alphabet"
                    + " in its xn-- form, and percent-encode the rest");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("it is no URL: " + e.getReason());
        }
        if (uri.getScheme() == null || !uri.getScheme().equalsIgnoreCase("https")) {
            throw refused("it does not begin with https://");
        }
        if (uri.isOpaque() || uri.getRawAuthority() == null) {
            throw refused("it has no host");
        }
        if (uri.getRawAuthority().indexOf('@') >= 0) {
            throw refused("it holds a user name or a password; give credentials in the settings of the channel");
        }
        if (uri.getRawFragment() != null) {
            throw refused("it ends with a fragment (#), which is never sent");
        }
        if (uri.getHost() == null) {
            throw refused("its host is not spelled like a host name or an address");
        }
        return new OutboundUrl(uri, hostOf(uri.getHost()), portOf(uri));
    }

    /** The address that the host itself spells out, if it is one. */
    Optional<InetAddress> literal() {
        return host.indexOf(':') >= 0 || QUAD.matcher(host).matches()
                ? Optional.of(InetAddress.ofLiteral(host))
                : Optional.empty();
    }

    private static String hostOf(String spelled) throws OutboundException {
        String host = spelled.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        if (host.endsWith(".")) {
            host = host.substring(0, host.length() - 1);
        }
        String[] labels = host.split("\\.", -1);
        if (host.length() > 253
                || !List.of(labels).stream()
                        .allMatch(label -> LABEL.matcher(label).matches())) {
            throw refused("its host is not spelled like a host name or an address");
        }
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            if (!QUAD.matcher(host).matches()) {
                throw refused(
                        "its host is an IPv4 address in a short, octal or hexadecimal spelling; write four numbers");
            }
            return host;
        }
        return host;
    }

    private static String ipv6(String literal) throws OutboundException {
        if (literal.indexOf('%') >= 0) {
            throw refused("its address names an interface of a machine (%)");
        }
        // A mapped address comes back as IPv4: two spellings of one address are one too many.
        if (InetAddress.ofLiteral(literal).getAddress().length != 16) {
            throw refused("its address is an IPv4 address in an IPv6 spelling");
        }
        return literal;
    }

    private static int portOf(URI uri) throws OutboundException {
        int port = uri.getPort() == -1 ? 443 : uri.getPort();
        if (uri.getRawAuthority().endsWith(":")) {
            throw refused("its port is missing after the colon");
        }
        if (port < 1 || port > 65_535) {
            throw refused("its port is not between 1 and 65535");
        }
        if (FOREIGN_PORTS.contains(port)) {
            throw refused("its port " + port + " belongs to something else than HTTPS");
        }
        return port;
    }

    private static OutboundException refused(String reason) {
        return new OutboundException(OutboundFailure.REFUSED, "The address is not allowed: " + reason + ".");
    }

    /** Without path and query: they often hold the receiver's secret. */
    @Override
    public String toString() {
        return "https://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + (port == 443 ? "" : ":" + port) + "/…";
    }
}
