package dev.averment.server.delivery;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** What a receiver answered, without what only it and the sender may know: receivers like to repeat what they were sent. */
final class Redaction {
    private Redaction() {}

    /** @param body as it came; bytes that are no text are replaced */
    static String of(byte[] body, List<String> secrets) {
        String text = new String(body, StandardCharsets.UTF_8).replace("\u0000", "\ufffd");
        List<String> longestFirst = secrets.stream()
                .filter(secret -> secret.length() >= 4)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : longestFirst) {
            text = text.replace(secret, "[redacted]").replace(jsonEscaped(secret), "[redacted]");
        }
        return cut(text);
    }

    /** Some write a slash in JSON as \/. */
    private static String jsonEscaped(String secret) {
        return secret.replace("/", "\\/");
    }

    /** At most 8 KiB of UTF-8. */
    private static String cut(String text) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > 8_192) {
            cut = Settings.cut(cut, Math.max(2, cut.length() * 7 / 8));
        }
        return cut;
    }
}
