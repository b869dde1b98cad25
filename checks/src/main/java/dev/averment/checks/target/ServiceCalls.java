package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.claims.Page;
import java.util.UUID;

/**
 * How services of the target call each other on behalf of people: for checks that do so themselves, as one of the services.
 */
public interface ServiceCalls extends Target.Facility {

    /** On whose behalf: ids of a workspace, an account and its session. */
    record Actor(UUID workspace, UUID account, UUID session) {}

    /** What a request bears: value of the header Authorization, and value of {@link #actorHeader}. Both are secrets. */
    record Signed(String authorization, String actor) {
        @Override
        public String toString() {
            return "the tokens of a request";
        }
    }

    /** Which of the two tokens a MAC is for. */
    enum Use {
        SERVICE,
        ACTOR
    }

    /** A service that calls, in a process of its own. */
    interface Caller extends AutoCloseable {
        /** Signs a request as the service's own code does. */
        Signed sign(Actor actor, String method, String path) throws CollectException;

        /** Id of its process. */
        long process();

        @Override
        void close();
    }

    /** Starts a caller. @param page whose policy is in force */
    Caller caller(Page page) throws CollectException;

    /** Id of the process that is called. */
    long callee();

    /** Where the callee says whom it takes the caller for, as JSON with the members {@code account} and {@code service}. */
    String whoami();

    /** Another path that takes such calls. */
    String elsewhere();

    /** Name of the header that bears the actor's token. */
    String actorHeader();

    /** What the scheme of the header Authorization is, with its space. */
    String scheme();

    /** HMAC-SHA256 of {@code input} under the key {@code id} of these two services. */
    byte[] mac(Use use, String id, byte[] input) throws CollectException;

    /**
     * The file that the key lies in.
     *
     * @param permissions as {@code rw-------}
     * @param others      true when somebody beside its owner and group may read or write it, or the group may write it
     * @param keys        how many it holds that may still verify; 0 when they can't be read
     */
    record KeyFile(String permissions, boolean others, int keys) {}

    KeyFile keyFile() throws CollectException;
}
