package dev.averment.server.evidence;

import dev.averment.server.loop.Loop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Runs the integrator: woken by commits in this process, and by the clock for those of others. */
public final class IntegratorLoop extends Loop {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Integrator integrator;
    private final Anchor anchor;
    private final InstantSource clock;
    private final Duration anchorEvery;
    private Instant nextAnchor;

    public IntegratorLoop(Integrator integrator, Anchor anchor, InstantSource clock, Duration anchorEvery) {
        // The queue keeps what was not integrated; nothing is lost by trying again.
        super("integrator", "leaves can't be integrated now", AFTER_FAILURE);
        this.integrator = integrator;
        this.anchor = anchor;
        this.clock = clock;
        this.anchorEvery = anchorEvery;
        this.nextAnchor = clock.instant().plus(anchorEvery);
    }

    @Override
    protected Duration round() throws SQLException, IOException {
        while (isRunning() && integrator.integrate() > 0) {
            // Until the queue is empty.
        }
        if (!clock.instant().isBefore(nextAnchor)) {
            anchor.anchor();
            nextAnchor = clock.instant().plus(anchorEvery);
        }
        return LOOK;
    }
}
