package dev.averment.server.console;

import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.factor.Passkeys.Assertion;
import dev.averment.server.identity.factor.Passkeys.Enrolment;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/** What a browser made of a passkey's options, as the page's script puts it into hidden fields: base64url, each. */
final class PasskeyFields {
    static final Refusal MALFORMED =
            new Refusal.Invalid("malformed-credential", "A member of the credential is not in base64url.");

    private PasskeyFields() {}

    static Optional<Assertion> assertion(Form form) {
        return decoded(() -> new Assertion(
                bytes(form, "id"),
                bytes(form, "clientDataJSON"),
                bytes(form, "authenticatorData"),
                bytes(form, "signature"),
                bytes(form, "userHandle")));
    }

    static Optional<Enrolment> enrolment(Form form) {
        return decoded(() -> new Enrolment(
                bytes(form, "clientDataJSON"),
                bytes(form, "attestationObject"),
                Arrays.asList(form.text("transports").split(" ", 10))));
    }

    private static byte[] bytes(Form form, String field) {
        return Base64.getUrlDecoder().decode(form.text(field));
    }

    private static <T> Optional<T> decoded(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
