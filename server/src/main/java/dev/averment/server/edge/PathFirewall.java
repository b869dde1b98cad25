package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses every path that is not written in the one way in which this server writes its own: segments of ASCII letters,
 * digits, hyphens, underscores, tildes and dots, none empty, none that begins with a dot but {@code .well-known}, nothing
 * encoded. Whoever writes a path in another way wants two readers of it to disagree: about dot segments, slashes that are
 * none, a NUL, a semicolon, letters that look alike (CWE-22, CWE-41, CWE-180). So nothing is decoded or tidied up here, and
 * what reads the path later can't be led astray by what got through.
 */
final class PathFirewall extends OncePerRequestFilter {
    private static final int LONGEST = 1_024;
    private static final Pattern PLAIN =
            Pattern.compile("/|(?:/\\.well-known)?(?:/[A-Za-z0-9_~-](?:[A-Za-z0-9_~-]|\\.(?!\\.))*+)++/?");

    /** Whether {@code raw}, a path as it was sent, is one of ours in form. */
    static boolean plain(String raw) {
        return raw.length() <= LONGEST && PLAIN.matcher(raw).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (plain(request.getRequestURI())) {
            chain.doFilter(request, response);
        } else {
            Problems.write(response, 400);
        }
    }
}
