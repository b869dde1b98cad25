package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.token.ApiTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Programs, by their tokens. */
final class TokenCallers implements CallerResolver {
    private static final String SCHEME = "Bearer avt_";

    private final ApiTokens tokens;
    private final ClientAddress addresses;

    TokenCallers(ApiTokens tokens, ClientAddress addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    @Override
    public Optional<Authentication> caller(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(SCHEME) && header.length() < 128
                ? tokens.caller(header.substring("Bearer ".length()), Clients.of(request, addresses))
                        .map(ProgramCaller::new)
                : Optional.empty();
    }
}
