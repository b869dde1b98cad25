package dev.averment.server.identity.web;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.ReturnTargets;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of browsers: the one place where the session cookie is set, replaced and taken away. Every way in by a page ends
 * at {@link #arrive}, whatever was shown.
 */
public final class BrowserSessions {
    /** Where somebody goes who asked for nothing else. */
    public static final String HOME = ReturnTargets.HOME;

    /** Where the second factor is asked for. */
    public static final String SECOND_FACTOR = "/sign-in/second-factor";

    private static final String ENROLMENT = "/settings/security";

    private final IdentityCookies cookies;
    private final SignIn signIn;
    private final ClientAddress addresses;

    BrowserSessions(IdentityCookies cookies, SignIn signIn, ClientAddress addresses) {
        this.cookies = cookies;
        this.signIn = signIn;
        this.addresses = addresses;
    }

    /** The page of ours that {@code wanted} names, or the first one: anything else is somebody's trick. */
    public static String next(@Nullable String wanted) {
        return wanted == null ? HOME : ReturnTargets.own(wanted).orElse(HOME);
    }

    /**
     * Hands the browser what it has come to: the cookie of a session, or the ticket for the second factor. A session that the
     * browser had is over, so that nobody goes on in one that somebody else put there (ASVS 7.2.4).
     *
     * @return the path to send the browser to
     */
    public String arrive(
            Arrival arrival, @Nullable String next, HttpServletRequest request, HttpServletResponse response) {
        return switch (arrival) {
            case Arrival.FactorNeeded needed -> {
                cookies.setTicket(response, needed.ticket());
                yield SECOND_FACTOR + "?next=" + next(next);
            }
            case Arrival.Opened opened -> {
                IdentityCookies.value(request, IdentityCookies.SESSION)
                        .flatMap(signIn::byCookie)
                        .ifPresent(old -> signIn.signOut(old, Clients.of(request, addresses)));
                cookies.setSession(response, opened.credentials());
                cookies.clearTicket(response);
                yield opened.demanded().isPresent() ? ENROLMENT : next(next);
            }
        };
    }

    /** Gives the session another cookie, because it may do more from now on. */
    public void renew(Session session, HttpServletResponse response) {
        signIn.renew(session).ifPresent(cookie -> cookies.setSession(response, cookie, session.expires()));
        cookies.clearTicket(response);
    }

    /** What the browser was handed when it was asked for the second factor. */
    public Optional<String> ticket(HttpServletRequest request) {
        return IdentityCookies.value(request, IdentityCookies.TICKET);
    }

    /** For a second factor that is shown again in an open session. */
    public void keepTicket(String ticket, HttpServletResponse response) {
        cookies.setTicket(response, ticket);
    }

    /** Binds what was begun with a provider to this browser. */
    public void keepFlow(Flows.Begun begun, HttpServletResponse response) {
        cookies.setFlow(response, begun.cookie(), begun.sameSite());
    }

    /** What binds a way to a provider to this browser; empty when there is none. */
    public String flow(HttpServletRequest request) {
        return IdentityCookies.value(request, IdentityCookies.FLOW).orElse("");
    }

    /** The way is at its end. */
    public void forgetFlow(HttpServletResponse response) {
        cookies.clearFlow(response);
    }

    /** The session has ended: nothing of it stays in the browser (ASVS 14.3.1). */
    public void forget(HttpServletResponse response) {
        cookies.clear(response);
        cookies.clearTicket(response);
        // The cookies were named one by one: which language somebody reads is nothing of the session's.
        response.setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
    }
}
