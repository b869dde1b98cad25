package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** People, by the access token of their program or the session cookie of their browser. The session itself is asked each time. */
public final class SessionCallers implements CallerResolver {
    private static final String SCHEME = "Bearer ";

    private final SignIn signIn;
    private final FactorPolicy policy;

    public SessionCallers(SignIn signIn, FactorPolicy policy) {
        this.signIn = signIn;
        this.policy = policy;
    }

    /**
     * The only place where an account becomes an operator for a request. One that has not shown the factor that the page
     * demands is neither operator nor person: it reaches what enrols a factor.
     */
    private SignedIn signedIn(Session session) {
        if (!policy.letsThrough(session)) {
            return new SignedIn(session, List.of("ENROLMENT"));
        }
        return new SignedIn(session, session.operator() ? List.of("PERSON", "OPERATOR") : List.of("PERSON"));
    }

    @Override
    public Optional<Authentication> caller(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            // A request that says who it is says so in one way: a bad token is not made good by a cookie.
            return header.startsWith(SCHEME) && header.indexOf('.') > 0
                    ? signIn.byAccessToken(header.substring(SCHEME.length())).map(this::signedIn)
                    : Optional.empty();
        }
        return IdentityCookies.value(request, IdentityCookies.SESSION)
                .flatMap(signIn::byCookie)
                .map(this::signedIn);
    }
}
