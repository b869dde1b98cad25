package dev.averment.server.identity.factor;

import java.util.Optional;
import java.util.UUID;

/**
 * What a challenge is for. A passkey's answer to one is good for that purpose, account and session, and for nothing else.
 *
 * @param account absent for a sign-in, in which the passkey says whose it is
 * @param session absent while there is none
 */
public record Ceremony(Purpose purpose, Optional<UUID> account, Optional<UUID> session) {

    enum Purpose {
        ENROL("enrol"),
        SIGN_IN("sign-in"),
        SECOND_FACTOR("second-factor"),
        PROVE("prove");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    public static Ceremony enrol(UUID account, UUID session) {
        return new Ceremony(Purpose.ENROL, Optional.of(account), Optional.of(session));
    }

    public static Ceremony signIn() {
        return new Ceremony(Purpose.SIGN_IN, Optional.empty(), Optional.empty());
    }

    public static Ceremony secondFactor(UUID account) {
        return new Ceremony(Purpose.SECOND_FACTOR, Optional.of(account), Optional.empty());
    }

    public static Ceremony prove(UUID account, UUID session) {
        return new Ceremony(Purpose.PROVE, Optional.of(account), Optional.of(session));
    }

    /**
     * Whether a fingerprint or PIN is demanded. Not for a second factor, beside which the password stands: the key alone is
     * enough there.
     */
    public boolean userVerification() {
        return purpose == Purpose.SIGN_IN || purpose == Purpose.PROVE;
    }
}
