package dev.averment.server.identity;

/**
 * Who asks, as far as the connection tells.
 *
 * @param address of the client, through trusted proxies
 * @param program what it calls itself; anybody may write anything there
 */
public record Client(String address, String program) {

    /** What counts as one client of an address: an IPv6 household has a whole /64. */
    public String network() {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = java.net.InetAddress.ofLiteral(address).getAddress();
            return java.util.HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8)) + "/64";
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
