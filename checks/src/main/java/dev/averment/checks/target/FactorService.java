package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.util.List;

/** Second factors of a {@link SignInService}, what is kept of them, and who operates the service. */
public interface FactorService {

    FactorPaths paths();

    /** A path that an operator may read and nobody else. */
    String operated();

    /** Makes the account an operator as an administrator does, who is asked for by hand. It is the check's own account. */
    void promote(String address) throws CollectException;

    /** Every account that may operate the service, but for those that checks have made in the last minutes. */
    List<Operator> operators() throws CollectException;

    /** The seed of the authenticator app as it is kept; empty when there is none. */
    byte[] storedSeed(String address) throws CollectException;

    /** How each of these recovery codes is kept, in their order. */
    List<KeptCode> keptCodes(String address, List<String> codes) throws CollectException;

    /** {@code schema.table.column} of every place among the tables of accounts that holds {@code bytes}. */
    List<String> placesHolding(byte[] bytes) throws CollectException;

    /**
     * Somebody who may operate the service.
     *
     * @param id       that says nothing of the person
     * @param apps     authenticator apps in use
     * @param passkeys of any kind
     * @param hardware passkeys of which a trusted manufacturer vouches that their key can't leave its device
     */
    record Operator(String id, long apps, long passkeys, long hardware) {}

    /** What is found of a code. */
    enum KeptCode {
        /** Its SHA-256, or that of the code beside what says whose it is. */
        SHA_256,
        /** Nothing that is known to be made of it. */
        UNKNOWN
    }

    /**
     * Where the service takes what. Bodies are JSON objects:
     *
     * @param factors         GET with an access token
     * @param totp            POST begins and answers {@code secret} in Base32; DELETE removes
     * @param confirmTotp     POST {@code code}
     * @param recoveryCodes   POST answers {@code codes}
     * @param passkeyOptions  POST answers creation options
     * @param passkeys        POST {@code name, clientDataJSON, attestationObject, transports} answers {@code id}; DELETE when
     *                        {@code /ID} follows
     * @param secondFactor    POST {@code ticket, method, code} answers as signing in
     * @param signInOptions   POST answers request options
     * @param signInByPasskey POST of the passkey's answer
     */
    record FactorPaths(
            String factors,
            String totp,
            String confirmTotp,
            String recoveryCodes,
            String passkeyOptions,
            String passkeys,
            String secondFactor,
            String signInOptions,
            String signInByPasskey) {

        /** Averment's own. */
        public static final FactorPaths OURS = new FactorPaths(
                "/api/v1/account/factors",
                "/api/v1/account/factors/totp",
                "/api/v1/account/factors/totp/confirm",
                "/api/v1/account/factors/recovery-codes",
                "/api/v1/account/factors/passkeys/options",
                "/api/v1/account/factors/passkeys",
                "/api/v1/auth/second-factor",
                "/api/v1/auth/passkey/options",
                "/api/v1/auth/passkey");
    }
}
