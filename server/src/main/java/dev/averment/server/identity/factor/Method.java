package dev.averment.server.identity.factor;

import java.util.Arrays;
import java.util.Optional;

/** How somebody may show a second factor; the words are those of the interface, of sessions and of the log. */
public enum Method {
    TOTP("totp"),
    RECOVERY_CODE("recovery-code"),
    PASSKEY("passkey");

    private final String word;

    Method(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Method> of(String word) {
        return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
    }
}
