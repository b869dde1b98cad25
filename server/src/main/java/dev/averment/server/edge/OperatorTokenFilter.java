package dev.averment.server.edge;

import dev.averment.evidence.merkle.Hash;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in whoever holds the token from the data folder: the person who runs this server, on the machine where it runs.
 * People and programs of workspaces come in through identity, which this is not.
 */
final class OperatorTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 512;

    private final byte[] digest;

    OperatorTokenFilter(String token) {
        this.digest = sha256(token);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null && header.startsWith(SCHEME) && header.length() <= LONGEST) {
            // Digests have one length, so the comparison tells nothing about the token's.
            if (MessageDigest.isEqual(digest, sha256(header.substring(SCHEME.length())))) {
                SecurityContextHolder.getContext()
                        .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                                "operator", null, List.of(new SimpleGrantedAuthority("ROLE_OPERATOR"))));
            }
        }
        chain.doFilter(request, response);
    }

    private static byte[] sha256(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }
}
