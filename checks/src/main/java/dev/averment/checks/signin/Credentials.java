package dev.averment.checks.signin;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What signing in gave.
 *
 * @param accessToken empty when there was none
 * @param session     id of the session, empty when the answer named none
 * @param cookies     that were set, without those that were cleared
 */
public record Credentials(String accessToken, String session, List<SetCookie> cookies) {
    public Credentials {
        cookies = List.copyOf(cookies);
    }

    /** As the header {@code Cookie} sends them back. */
    String cookieHeader() {
        return cookies.stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    /** The same with other cookies. */
    public Credentials with(List<SetCookie> others) {
        return new Credentials(accessToken, session, others);
    }

    /** The same with another access token. */
    public Credentials with(String otherToken) {
        return new Credentials(otherToken, session, cookies);
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
