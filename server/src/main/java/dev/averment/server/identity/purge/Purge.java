package dev.averment.server.identity.purge;

import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.loop.Loop;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes away what identity no longer needs: sessions, links and tokens that are over, seeds that were never confirmed, and the
 * addresses of clients beside the log, whose entries keep a salted digest and still verify. Counters of limits end by
 * themselves. Any number of servers may do so at once.
 */
public final class Purge extends Loop {
    /** So much later than due something may go. */
    public static final Duration EVERY = Duration.ofHours(1);

    static final int BATCH = 500;

    /** What tickets, challenges and seeds were for is over in minutes; nobody asks for them afterwards. */
    private static final Duration STEPS = Duration.ofHours(1);

    private static final int ROUNDS = 400;
    private static final String ADDRESS = "/context/address";
    private static final Logger log = LoggerFactory.getLogger(Purge.class);

    private final PurgeStore store = new PurgeStore();
    private final Workspaces identity;
    private final Workspaces workspaces;
    private final PurgeWindows windows;
    private final InstantSource clock;

    /**
     * @param identity   transactions of the role that signs people in
     * @param workspaces transactions of workspaces' own
     */
    public Purge(Workspaces identity, Workspaces workspaces, PurgeWindows windows, InstantSource clock) {
        // Nothing is lost by waiting: the next time finds the same rows.
        super("identity-purge", "what is over about sign-ins can't be taken away now", EVERY);
        this.identity = identity;
        this.workspaces = workspaces;
        this.windows = windows;
        this.clock = clock;
    }

    /** Takes away what is over now; how many rows went. What one run leaves for being too much the next one finds. */
    public int run() {
        Instant now = clock.instant();
        int gone = 0;
        for (PurgeStore.Over what : PurgeStore.Over.values()) {
            Instant before = now.minus(
                    switch (what) {
                        case SESSIONS -> windows.sessions();
                        case LINKS, RECOVERY_CODES, API_TOKENS -> windows.links();
                        case TICKETS, CHALLENGES, ENROLMENTS -> STEPS;
                        case FLOWS, SPENT_TOKENS -> Duration.ZERO;
                    });
            gone += batches(() -> identity(jdbc -> store.purge(jdbc, what, before, BATCH)));
        }
        UUID system = AuthEvents.context().workspace();
        Instant addresses = now.minus(windows.addresses());
        gone += batches(() -> identity(jdbc -> store.disclosures(jdbc, system, ADDRESS, addresses, BATCH)));
        return gone + invitations(now.minus(windows.links()));
    }

    private int identity(Function<JdbcClient, Integer> work) {
        return identity.in(AuthEvents.context(), work);
    }

    private static int batches(IntSupplier batch) {
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int gone = batch.getAsInt();
            all += gone;
            if (gone < BATCH) {
                break;
            }
        }
        return all;
    }

    private int invitations(Instant before) {
        int all = 0;
        UUID last = new UUID(0, 0);
        while (true) {
            UUID after = last;
            List<UUID> page = identity.in(AuthEvents.context(), jdbc -> store.workspaces(jdbc, after, BATCH));
            for (UUID id : page) {
                var context = new WorkspaceContext(id, "service:purge");
                all += batches(() -> workspaces.in(context, jdbc -> store.invitations(jdbc, id, before, BATCH)));
            }
            if (page.size() < BATCH) {
                return all;
            }
            last = page.getLast();
        }
    }

    @Override
    protected Duration round() {
        int gone = run();
        if (gone > 0) {
            log.info("{} rows about sign-ins were over and are gone", gone);
        }
        return EVERY;
    }
}
