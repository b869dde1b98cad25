package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.identity.actor.Actor;
import dev.averment.server.identity.actor.ActorPolicy;
import dev.averment.server.identity.actor.ActorTokens;
import dev.averment.server.identity.actor.ServiceKeyException;
import dev.averment.server.identity.actor.ServiceKeys;
import dev.averment.server.identity.actor.ServicePair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** What the check of calls between services is shown: it calls this server as one service among others, {@code prover}. */
public final class ShownServiceCalls {
    /** Where a caller is told whom it is taken for. */
    public static final String WHOAMI = "/internal/v1/whoami";

    /** Another route that takes such calls. */
    public static final String ELSEWHERE = "/internal/v1/workspace";

    public static final String ACTOR_HEADER = ActorTokens.HEADER;
    public static final String SCHEME = ActorTokens.SCHEME;

    private final ServicePair pair;
    private final OwnService callee;

    /** @param callee the server that is called */
    public ShownServiceCalls(OwnService callee) {
        this.pair = new ServicePair(ShownToChecks.PROVER, callee.name());
        this.callee = callee;
    }

    /** How long a token lives under {@code page}. */
    public static Duration life(Page page) {
        return ActorPolicy.of(page).life();
    }

    /**
     * The two headers of one request, with a tab between: Authorization, and the actor's.
     *
     * @param life  of the tokens
     * @param clock of the caller
     * @throws IOException when there is no key that signs
     */
    public String sign(
            UUID workspace, UUID account, UUID session, String method, String path, Duration life, InstantSource clock)
            throws IOException {
        try {
            var signed = new ActorTokens(new ServiceKeys(callee.keys(), clock), new ActorPolicy(life), clock)
                    .sign(pair, new Actor(workspace, account, session), method, path);
            return signed.authorization() + "\t" + signed.actor();
        } catch (ServiceKeyException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** HMAC-SHA256 of {@code input} under the key {@code id}, for the actor's or the service's token. */
    public byte[] mac(boolean actor, String id, byte[] input) throws IOException {
        try {
            return ServiceKeys.mac(keyFile(), id, actor, input);
        } catch (ServiceKeyException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Where the key lies. */
    public Path keyFile() {
        return callee.keys().resolve(pair.file());
    }

    /** How many keys the file holds; 0 when nobody may use it as it is. */
    public int keys() {
        return ServiceKeys.count(keyFile());
    }

    /** Whether permissions such as {@code rw-r--r--} make a key file useless. */
    public boolean openToOthers() throws IOException {
        return ServiceKeys.openToOthers(keyFile());
    }
}
