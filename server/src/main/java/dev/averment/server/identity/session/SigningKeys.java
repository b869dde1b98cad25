package dev.averment.server.identity.session;

import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.time.InstantSource;

/** The two rings of keys: of cookies, and of access tokens. A replaced key verifies for as long as what it signed may live. */
public record SigningKeys(KeyRing cookies, KeyRing accessTokens) {
    public static final String COOKIES = "cookies";
    public static final String ACCESS_TOKENS = "access-tokens";

    public static SigningKeys open(DataFolder data, SessionPolicy policy, InstantSource clock) throws IOException {
        return new SigningKeys(
                KeyRing.open(data, COOKIES, KeyRing.LIFE, policy.absolute(), clock),
                KeyRing.open(data, ACCESS_TOKENS, KeyRing.LIFE, policy.accessToken(), clock));
    }

    /** True when a key had lived its life and was replaced. */
    boolean rotateWhenDue() throws IOException {
        boolean cookiesDue = cookies.rotateWhenDue();
        return accessTokens.rotateWhenDue() || cookiesDue;
    }
}
