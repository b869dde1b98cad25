package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.claims.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A service that people sign in to, for checks that do so themselves, with an account of their own which they delete again.
 * Its interface takes and gives JSON, as {@link SignInPaths} says.
 */
@Target.Part(what = "sign in service", key = "signIn")
public interface SignInService extends Target.Facility {

    /** Somebody who was never here. */
    Visitor visitor() throws CollectException;

    SignInPaths paths();

    /** An address that has no account, and whose mail {@link #mailbox} shows. */
    String newAddress();

    Mailbox mailbox();

    /** What the service keeps about accounts; without it only answers can be looked at. */
    Optional<AccountRecords> records();

    /** What the service wrote down about sign-ins; without it nobody can count entries. */
    Optional<AuthenticationLog> log();

    /** The keys of access tokens; without them no token with a true signature and a false content can be made. */
    Optional<TokenKeys> tokenKeys();

    /**
     * Which keys sign the cookies; without it nothing can be said of their age.
     *
     * @param page whose policy is in force
     */
    Optional<CookieKeys> cookieKeys(Page page) throws CollectException;

    /** Second factors and operators; empty when the target shows nothing of them. */
    default Optional<FactorService> factors() {
        return Optional.empty();
    }

    /** Workspaces and tokens for programs; empty when the target shows nothing of them. */
    default Optional<WorkspaceService> workspaces() {
        return Optional.empty();
    }

    /** Monitors, streams and channels in those workspaces; empty when the target shows nothing of them. */
    default Optional<WorkflowService> workflows() {
        return Optional.empty();
    }

    /** Providers that people sign in with; empty when the target shows nothing of them. */
    default Optional<ProviderService> providers() {
        return Optional.empty();
    }

    /**
     * A client with an address of its own where the machine allows it: what it uses up of a limit by network is missing to
     * nobody else.
     *
     * @param servers every process of the service, at least one
     * @param address as the service sees it; empty when that is not known
     */
    record Visitor(List<Web> servers, Optional<String> address) implements AutoCloseable {
        public Visitor {
            servers = List.copyOf(servers);
        }

        /** The server that is asked when it doesn't matter which. */
        public Web web() {
            return servers.getFirst();
        }

        @Override
        public void close() {
            servers.forEach(server -> server.client().shutdownNow());
        }
    }

    /** Where mail to {@link #newAddress} arrives. */
    interface Mailbox {
        /** The code in the newest message to {@code address} that has one. */
        Optional<String> newestCode(String address) throws CollectException;

        /** Removes all messages to {@code address}. */
        void discard(String address) throws CollectException;
    }

    /** Whose link is mailed. */
    enum MailedKind {
        VERIFICATION,
        RESET
    }

    /**
     * A mailed token as it is kept.
     *
     * @param stored its bytes in the table
     */
    record MailedToken(byte[] stored, Instant made, Instant expires, boolean used) {}

    /**
     * An attempt to make somebody an operator.
     *
     * @param role     who tried
     * @param way      how, in a few words
     * @param refused  by the database
     * @param sqlState of the refusal; empty when there was none
     */
    record Promotion(String role, String way, boolean refused, String sqlState) {}

    /** Rows behind the service. Statements that change something concern the account of {@code address} only. */
    interface AccountRecords {
        Optional<String> storedPassword(String address) throws CollectException;

        /**
         * The forms of all stored passwords, without salt and tag (each has other letters in their place), and how many
         * have it. Accounts of checks are left out. Empty for a service that shows one account's only.
         */
        default java.util.Map<String, Long> storedForms() throws CollectException {
            return java.util.Map.of();
        }

        /** Puts an older form in place, as a database from before the present policy would hold it. */
        void replaceStoredPassword(String address, String encoded) throws CollectException;

        /** What an operator does by hand to end all sessions of an account. */
        void raiseRevocation(String address) throws CollectException;

        boolean operator(String address) throws CollectException;

        /** Tries to write the operator's mark as every role of the running service; nothing stays. */
        List<Promotion> attemptPromotion(String address) throws CollectException;

        /** Newest first. */
        List<MailedToken> mailedTokens(String address, MailedKind kind) throws CollectException;

        /** Keeps {@code code} as if it had been mailed long ago and had expired meanwhile. */
        void keepExpired(String address, MailedKind kind, String code) throws CollectException;

        /** {@code schema.table.column} of every place that holds {@code text} itself, as text or as bytes. */
        List<String> placesHolding(String text) throws CollectException;

        /** How many columns {@link #placesHolding} looks through. */
        int columnsSearched() throws CollectException;

        /** Removes the account with all that hangs on it, when the service itself would not. */
        void delete(String address) throws CollectException;
    }

    /** What was written down about sign-ins. */
    interface AuthenticationLog {
        /** Every action that the service can write down, such as {@code auth.signed_in}. */
        Set<String> outcomes();

        /** Entries about requests of {@code visitor} since {@code from}, oldest first. */
        List<Entry> entries(Visitor visitor, Instant from) throws CollectException;

        /** @param bytes as they are stored */
        record Entry(String action, byte[] bytes) {}
    }

    /** The keys of access tokens. */
    @FunctionalInterface
    interface TokenKeys {
        /** HMAC-SHA256 of {@code input} under the key {@code id}; empty when there is no such key. */
        Optional<byte[]> mac(String id, byte[] input) throws CollectException;
    }

    /**
     * The keys that sign cookies.
     *
     * @param count   how many are kept
     * @param newest  when the one that signs was made
     * @param life    after which it must be replaced
     * @param overlap for which a replaced one is still accepted
     */
    record CookieKeys(int count, Instant newest, Duration life, Duration overlap) {}
}
