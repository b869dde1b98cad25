package dev.averment.server.identity.factor;

/** RFC 4648 §6 without padding, and the alphabet without lookalikes for what people copy by hand. */
final class Base32 {
    static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    static final String READABLE = "0123456789abcdefghjkmnpqrstvwxyz";

    private Base32() {}

    static String encode(byte[] bytes, String alphabet) {
        var text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = ((buffer << 8) | (b & 0xff)) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(alphabet.charAt((buffer >> bits) & 31));
            }
        }
        if (bits > 0) {
            text.append(alphabet.charAt((buffer << (5 - bits)) & 31));
        }
        return text.toString();
    }
}
