package dev.averment.server.delivery.webhook;

/** What a receiver works out for itself. */
public final class SignatureOf {
    private SignatureOf() {}

    public static String of(String secret, String id, long seconds, byte[] body) {
        return Signature.of(secret, id, seconds, body);
    }
}
