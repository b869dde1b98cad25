package dev.averment.checks.target;

/**
 * Where a {@link SignInService} takes what. Bodies are JSON objects:
 *
 * @param signUp         POST {@code email, name, password}; mails a code
 * @param verify         POST {@code code}
 * @param signIn         POST {@code email, password}; answers {@code accessToken} and sets cookies
 * @param refresh        POST with the cookies; answers like signing in
 * @param reset          POST {@code email}; mails a code
 * @param confirmReset   POST {@code code, password}
 * @param confirmAddress POST {@code code}
 * @param account        GET, PATCH {@code name}, DELETE, with an access token
 * @param proof          POST {@code password}
 * @param password       POST {@code current, wanted}
 * @param address        POST {@code email}; mails a code to it
 * @param sessions       GET answers {@code sessions} of which each has {@code id} and {@code address}; DELETE ends all, and
 *                       one when {@code /ID} follows
 * @param signOut        POST
 */
public record SignInPaths(
        String signUp,
        String verify,
        String signIn,
        String refresh,
        String reset,
        String confirmReset,
        String confirmAddress,
        String account,
        String proof,
        String password,
        String address,
        String sessions,
        String signOut) {

    /** Averment's own. */
    public static final SignInPaths OURS = new SignInPaths(
            "/api/v1/auth/sign-up",
            "/api/v1/auth/verify",
            "/api/v1/auth/sign-in",
            "/api/v1/auth/refresh",
            "/api/v1/auth/reset",
            "/api/v1/auth/reset/confirm",
            "/api/v1/auth/confirm-address",
            "/api/v1/account",
            "/api/v1/account/proof",
            "/api/v1/account/password",
            "/api/v1/account/email",
            "/api/v1/account/sessions",
            "/api/v1/account/sign-out");
}
