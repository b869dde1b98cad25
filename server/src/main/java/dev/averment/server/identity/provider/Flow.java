package dev.averment.server.identity.provider;

import java.util.Optional;
import java.util.UUID;

/**
 * A sign-in that is under way.
 *
 * @param purpose  what the answer is wanted for
 * @param account  that is to be linked; absent for a sign-in
 * @param session  that asked for the link
 * @param target   own path where the browser goes in the end
 * @param identity who came back; absent before
 */
public record Flow(
        String provider,
        Purpose purpose,
        Optional<UUID> account,
        Optional<UUID> session,
        String target,
        Optional<ProviderIdentity> identity) {

    public enum Purpose {
        SIGN_IN("sign-in"),
        LINK("link");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
