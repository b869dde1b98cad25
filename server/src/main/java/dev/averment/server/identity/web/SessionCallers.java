package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.identity.SignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** People, by the access token of their program or the session cookie of their browser. The session itself is asked each time. */
public final class SessionCallers implements CallerResolver {
    private static final String SCHEME = "Bearer ";

    private final SignIn signIn;

    public SessionCallers(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Optional<Authentication> caller(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            // A request that says who it is says so in one way: a bad token is not made good by a cookie.
            return header.startsWith(SCHEME) && header.indexOf('.') > 0
                    ? signIn.byAccessToken(header.substring(SCHEME.length())).map(SignedIn::new)
                    : Optional.empty();
        }
        return IdentityCookies.value(request, IdentityCookies.SESSION)
                .flatMap(signIn::byCookie)
                .map(SignedIn::new);
    }
}
