package dev.averment.sabotage.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Spoils answers as the rules of the moment say. */
final class SpoiltAnswers extends OncePerRequestFilter {
    private final Path rules;

    SpoiltAnswers(Path rules) {
        this.rules = rules;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<EdgeRule> concerned = EdgeRule.read(rules).stream()
                .filter(rule -> rule.concerns(request.getRequestURI()))
                .toList();
        if (concerned.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        boolean body = false;
        for (EdgeRule rule : concerned) {
            switch (rule.kind()) {
                case STATUS -> {
                    response.setStatus(Integer.parseInt(rule.first()));
                    return;
                }
                case HEADER -> response.setHeader(rule.first(), rule.then().isEmpty() ? null : rule.then());
                case REPLACE, FLIP, OVERRIDE -> body = true;
                case PLAIN_AS_SECURE -> {}
            }
        }
        if (!body) {
            chain.doFilter(request, response);
            return;
        }
        var held = new ContentCachingResponseWrapper(response);
        chain.doFilter(new Unconditional(request), held);
        byte[] bytes = held.getContentAsByteArray();
        for (EdgeRule rule : concerned) {
            bytes = spoilt(rule, bytes, response);
        }
        held.resetBuffer();
        held.getOutputStream().write(bytes);
        held.setContentLength(bytes.length);
        held.copyBodyToResponse();
    }

    private static byte[] spoilt(EdgeRule rule, byte[] bytes, HttpServletResponse response) {
        return switch (rule.kind()) {
            case REPLACE ->
                new String(bytes, StandardCharsets.UTF_8)
                        .replaceAll(rule.first(), rule.then())
                        .getBytes(StandardCharsets.UTF_8);
            case FLIP -> {
                bytes[bytes.length / 2] ^= 1;
                yield bytes;
            }
            case OVERRIDE -> {
                response.setHeader(rule.first(), rule.then().isEmpty() ? null : rule.then());
                yield bytes;
            }
            case HEADER, STATUS, PLAIN_AS_SECURE -> bytes;
        };
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** What is to be altered must come whole and unpacked. */
    private static final class Unconditional extends HttpServletRequestWrapper {
        Unconditional(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getHeader(String name) {
            return name.equalsIgnoreCase("Accept-Encoding") ? "identity" : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Accept-Encoding")
                    ? java.util.Collections.enumeration(List.of("identity"))
                    : super.getHeaders(name);
        }
    }
}
