package dev.averment.server.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** The vector of the reference libraries. */
    @Test
    void it_is_the_signature_of_standard_webhooks() {
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void secrets_are_32_random_bytes() {
        String secret = Signature.newSecret();
        assertThat(Base64.getDecoder().decode(secret.substring(Signature.PREFIX.length()))).hasSize(32);
        assertThat(Signature.newSecret()).isNotEqualTo(secret);
    }
}
