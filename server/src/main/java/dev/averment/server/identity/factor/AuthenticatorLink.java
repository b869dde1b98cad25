package dev.averment.server.identity.factor;

import io.nayuki.qrcodegen.QrCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What an authenticator app takes: an otpauth address, as text and as a picture. It holds the seed, so it is handed out once
 * and may get into no log.
 *
 * @param secret the seed in Base32, for those who type it
 * @param uri    everything, for those who follow a link
 * @param qr     the same as an SVG picture, for those who hold a camera to it
 */
public record AuthenticatorLink(String secret, String uri, String qr) {

    /**
     * @param issuer whose code it is, as the app shows it: the server's host
     * @param label  whose account it is: the mail address
     */
    static AuthenticatorLink of(byte[] seed, String issuer, String label) {
        String secret = Base32.encode(seed, Base32.STANDARD);
        String uri = "otpauth://totp/" + percent(issuer) + ":" + percent(label) + "?secret=" + secret + "&issuer="
                + percent(issuer) + "&algorithm=SHA1&digits=" + Totp.DIGITS + "&period=" + Totp.STEP_SECONDS;
        return new AuthenticatorLink(secret, uri, svg(QrCode.encodeText(uri, QrCode.Ecc.MEDIUM)));
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Black on white whatever surrounds it, with the quiet border of four modules that readers look for. */
    private static String svg(QrCode code) {
        int border = 4;
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append(String.format(Locale.ROOT, "M%d %dh1v1h-1z", x + border, y + border));
                }
            }
        }
        int side = code.size + 2 * border;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" + side
                + "\" fill=\"#fff\"/><path d=\"" + path + "\" fill=\"#000\"/></svg>";
    }

    @Override
    public String toString() {
        return "an authenticator link";
    }
}
