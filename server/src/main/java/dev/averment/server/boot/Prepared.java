package dev.averment.server.boot;

import dev.averment.checks.target.Registers;
import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.limits.RedisAddress;
import dev.averment.server.outbound.MailRelay;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application is given when it starts: a locked data folder, a migrated database, a page that loaded.
 *
 * @param registers   entries to seed, by register
 * @param base        scheme, host and port under which the world reaches the server
 * @param securityContact where researchers report, absent when the operator named nothing
 * @param readingPort plain HTTP on the loopback address, 0 for none
 * @param schedule    whether the server runs its checks by itself
 * @param trustedProxies networks whose forwarding headers are believed
 * @param connectionsPerAddress at once on each listener
 * @param service     what other services call this one
 * @param serviceKeys folder of the keys of calls between services
 * @param redis     of the limits that servers share, absent when this one counts for itself
 * @param mail      the relay, absent when mail stays in the folder {@code outbox}
 * @param outbound  where messages to users' addresses may go, and whose certificates count
 * @param postgresPid of the embedded database, 0 when there is none
 * @param clock       what time it is, for everything that the application decides
 */
public record Prepared(
        DataFolder data,
        DatabaseAccess access,
        Page page,
        Map<String, List<Registers.Entry>> registers,
        URI base,
        @Nullable URI securityContact,
        int port,
        int readingPort,
        boolean schedule,
        List<String> trustedProxies,
        int connectionsPerAddress,
        String service,
        Path serviceKeys,
        @Nullable RedisAddress redis,
        @Nullable MailRelay mail,
        OutboundRules outbound,
        long postgresPid,
        InstantSource clock) {}
