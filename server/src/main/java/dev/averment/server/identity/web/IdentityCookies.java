package dev.averment.server.identity.web;

import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.Sessions.Credentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Cookies that sign somebody in. The prefix {@code __Host-} makes browsers insist on Secure, on the path / and on no domain,
 * so that no other host of the domain can set or see one; SameSite is the policy's.
 */
public final class IdentityCookies {
    static final String SESSION = "__Host-session";
    static final String REFRESH = "__Host-refresh";
    static final String FLOW = "__Host-flow";

    /** Of somebody who has shown a password and not the second factor. */
    static final String TICKET = "__Host-ticket";

    private final SessionPolicy policy;
    private final InstantSource clock;

    IdentityCookies(SessionPolicy policy, InstantSource clock) {
        this.policy = policy;
        this.clock = clock;
    }

    void setSession(HttpServletResponse response, Credentials credentials) {
        set(response, SESSION, credentials.cookie(), credentials.expires());
    }

    /** The session's next cookie, which the one from before is worth nothing beside. */
    void setSession(HttpServletResponse response, String cookie, Instant expires) {
        set(response, SESSION, cookie, expires);
    }

    void setTicket(HttpServletResponse response, String ticket) {
        set(response, TICKET, ticket, clock.instant().plus(Tickets.LIFE));
    }

    void clearTicket(HttpServletResponse response) {
        set(response, TICKET, "", Instant.EPOCH);
    }

    void setRefresh(HttpServletResponse response, Credentials credentials) {
        set(response, REFRESH, credentials.refresh(), credentials.expires());
    }

    public void clear(HttpServletResponse response) {
        set(response, SESSION, "", Instant.EPOCH);
        set(response, REFRESH, "", Instant.EPOCH);
    }

    /**
     * Binds a sign-in with a provider to the browser. It must come along when the provider's page sends the browser back, so it
     * is Lax, or None where that page sends a form, whatever the policy says of the cookies that sign somebody in.
     */
    void setFlow(HttpServletResponse response, String value, String sameSite) {
        set(response, FLOW, value, Flows.LIFE.toSeconds(), sameSite);
    }

    void clearFlow(HttpServletResponse response) {
        set(response, FLOW, "", 0, "Lax");
    }

    private void set(HttpServletResponse response, String name, String value, Instant expires) {
        set(
                response,
                name,
                value,
                Math.max(0, Duration.between(clock.instant(), expires).toSeconds()),
                policy.sameSite());
    }

    private static void set(HttpServletResponse response, String name, String value, long seconds, String sameSite) {
        response.addHeader(
                "Set-Cookie",
                name + "=" + value + "; Path=/; Max-Age=" + seconds + "; Secure; HttpOnly; SameSite=" + sameSite);
    }

    /** The cookie's value; empty when the request has none, or more than one of that name, of which one is somebody else's. */
    static Optional<String> value(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String found = null;
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                if (found != null) {
                    return Optional.empty();
                }
                found = cookie.getValue();
            }
        }
        return Optional.ofNullable(found).filter(value -> !value.isEmpty());
    }
}
