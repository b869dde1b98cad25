package dev.averment.server.identity.event;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafBuilder;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes each outcome into the system's log, in the transaction that brought it about. No secret gets in, and no personal
 * value: the client's address stands there as a salted digest, its value beside the log under the person's key.
 */
public final class AuthEvents {
    /** Whose key keeps the addresses of people that we don't know; destroyed with its values when they are no longer needed. */
    public static final UUID STRANGERS = UUID.fromString("a4e00000-0000-8000-8000-0000000000ff");

    /** Switched off, but where the log goes to another system. */
    private static final Logger EVENTS = LoggerFactory.getLogger("averment.events");

    private static final WorkspaceContext SYSTEM = new WorkspaceContext(WellKnown.SYSTEM, "service:identity");

    private final LeafStore leaves;
    private final Disclosures disclosures;
    private final InstantSource clock;

    public AuthEvents(LeafStore leaves, Disclosures disclosures, InstantSource clock) {
        this.leaves = leaves;
        this.disclosures = disclosures;
        this.clock = clock;
    }

    /** The context of every transaction about identity. */
    public static WorkspaceContext context() {
        return SYSTEM;
    }

    /**
     * Who did it, as far as is known.
     *
     * @param account null for a stranger
     * @param session null outside of one
     * @param address of the client
     */
    public record Who(@Nullable UUID account, @Nullable UUID session, String address) {}

    /** @param about what the entry says beyond its action: factors, scheme, reason; never a personal value or a secret */
    public void record(JdbcClient transaction, AuthOutcome outcome, Who who, JsonObject about) {
        Instant now = clock.instant();
        UUID id = LeafIds.next(clock);
        LeafBuilder leaf = Leaf.of(leaves.origin(transaction, SYSTEM), outcome.action())
                .id(id)
                .time(now, now)
                .category(Leaf.Category.AUTH)
                .crud(outcome.crud())
                .outcome(outcome.result(), null)
                .detail(about)
                .disclose(disclosures.keep(
                        transaction,
                        SYSTEM,
                        id,
                        who.account() == null ? STRANGERS : who.account(),
                        "/context/address",
                        who.address()));
        if (who.account() == null) {
            leaf.actor(Leaf.ActorType.ANONYMOUS, "unknown");
        } else {
            leaf.actor(Leaf.ActorType.USER, who.account().toString())
                    .target("account", who.account().toString());
        }
        if (who.session() != null) {
            leaf.target("session", who.session().toString());
        }
        leaves.append(transaction, SYSTEM, leaf.build());
        EVENTS.info(
                "{} {} account={} session={} leaf={}",
                outcome.action(),
                outcome.result().word(),
                who.account() == null ? "unknown" : who.account(),
                who.session() == null ? "none" : who.session(),
                id);
    }

    /** Destroys the key of an account and what lay under it: its entries stay, verify, and no longer tell an address. */
    public void erase(JdbcClient transaction, UUID account) {
        disclosures.erase(transaction, SYSTEM, account);
    }

    public void record(JdbcClient transaction, AuthOutcome outcome, Who who) {
        record(transaction, outcome, who, JsonObject.of());
    }
}
