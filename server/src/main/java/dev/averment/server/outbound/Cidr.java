package dev.averment.server.outbound;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}.
 *
 * @param network its first address: 4 or 16 bytes, all zero after the prefix
 * @param prefix  bits that every address of the range shares with it
 */
public record Cidr(byte[] network, int prefix) {
    public Cidr {
        if (prefix < 0 || prefix > network.length * 8) {
            throw new IllegalArgumentException("a prefix of " + prefix + " bits does not fit an address");
        }
        network = network.clone();
        for (int bit = prefix; bit < network.length * 8; bit++) {
            if ((network[bit / 8] >> (7 - bit % 8) & 1) == 1) {
                throw new IllegalArgumentException("the address has bits set beyond its prefix of " + prefix);
            }
        }
    }

    /**
     * Reads the usual notation.
     *
     * @throws IllegalArgumentException with what is wrong, for the operator who wrote it
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + text + "\" is no range; write it like 10.0.0.0/8");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
            return new Cidr(address.getAddress(), Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no range: " + e.getMessage(), e);
        }
    }

    /** Whether the range holds an address of the same family. */
    public boolean holds(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        int rest = prefix % 8;
        return Arrays.equals(address, 0, whole, network, 0, whole)
                && (rest == 0 || (address[whole] & 0xff) >> (8 - rest) == (network[whole] & 0xff) >> (8 - rest));
    }

    @Override
    public byte[] network() {
        return network.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + prefix;
    }
}
