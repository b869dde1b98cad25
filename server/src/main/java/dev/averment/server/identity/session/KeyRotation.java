package dev.averment.server.identity.session;

import dev.averment.server.loop.Loop;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces signing keys that have lived their life, while the server runs. */
public final class KeyRotation extends Loop {
    /** So much later than due a key may be replaced. */
    public static final Duration EVERY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

    private final SigningKeys keys;
    private final Duration every;

    public KeyRotation(SigningKeys keys, Duration every) {
        // The old key goes on signing until it can be replaced; the check of cookies says so.
        super("key-rotation", "signing keys can't be replaced now", every);
        this.keys = keys;
        this.every = every;
    }

    @Override
    protected Duration round() throws IOException {
        if (keys.rotateWhenDue()) {
            log.info("a signing key had lived its life and was replaced");
        }
        return every;
    }
}
