package dev.averment.server.identity.provider;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * A sign-in that is under way.
 *
 * @param purpose  what the answer is wanted for
 * @param account  that is to be linked, or whose person shows to be there; absent for a sign-in
 * @param session  that asked for either
 * @param target   own path where the browser goes in the end
 * @param begun    when the browser was sent away
 * @param identity who came back; absent before
 */
public record Flow(
        String provider,
        Purpose purpose,
        Optional<UUID> account,
        Optional<UUID> session,
        String target,
        Instant begun,
        Optional<ProviderIdentity> identity) {

    public enum Purpose {
        SIGN_IN("sign-in"),
        LINK("link"),
        PROVE("prove");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Purpose of(String word) {
            return Arrays.stream(values())
                    .filter(p -> p.word.equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
