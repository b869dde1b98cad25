package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.edge.HealthchecksPaths;
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
        String key = request.getHeader("X-Api-Key");
        if (header != null) {
            return header.startsWith(SCHEME)
                    ? program(request, header.substring("Bearer ".length()))
                    : Optional.empty();
        }
        return key != null && HealthchecksPaths.matches(request.getRequestURI())
                ? program(request, key.strip())
                : Optional.empty();
    }

    private Optional<Authentication> program(HttpServletRequest request, String text) {
        return text.length() < 128
                ? tokens.caller(text, Clients.of(request, addresses)).map(ProgramCaller::new)
                : Optional.empty();
    }
}
