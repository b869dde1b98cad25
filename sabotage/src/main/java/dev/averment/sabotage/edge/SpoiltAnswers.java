package dev.averment.sabotage.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Spoils answers as the rules of the moment say. */
final class SpoiltAnswers extends OncePerRequestFilter {
    private final Path rules;
    private final Supplier<DataSource> database;

    /** @param database of a role that a journal may be granted to */
    SpoiltAnswers(Path rules, Supplier<DataSource> database) {
        this.rules = rules;
        this.database = database;
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
                case REPLACE, FLIP, OVERRIDE, JOURNAL -> body = true;
                case COOKIE, PLAIN_AS_SECURE, TIDY_PATH -> {}
            }
        }
        HttpServletResponse answer = new Cookies(response, concerned);
        if (!body) {
            chain.doFilter(request, answer);
            return;
        }
        var held = new ContentCachingResponseWrapper(answer);
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

    private byte[] spoilt(EdgeRule rule, byte[] bytes, HttpServletResponse response) {
        return switch (rule.kind()) {
            case REPLACE ->
                new String(bytes, StandardCharsets.UTF_8)
                        .replaceAll(rule.first(), rule.then())
                        .getBytes(StandardCharsets.UTF_8);
            case JOURNAL -> {
                keep(rule.first(), bytes);
                yield bytes;
            }
            case FLIP -> {
                bytes[bytes.length / 2] ^= 1;
                yield bytes;
            }
            case OVERRIDE -> {
                response.setHeader(rule.first(), rule.then().isEmpty() ? null : rule.then());
                yield bytes;
            }
            case HEADER, COOKIE, STATUS, PLAIN_AS_SECURE, TIDY_PATH -> bytes;
        };
    }

    private void keep(String table, byte[] bytes) {
        try (Connection c = database.get().getConnection();
                PreparedStatement s = c.prepareStatement("insert into " + table + " values (?)")) {
            s.setBytes(1, bytes);
            s.executeUpdate();
            if (!c.getAutoCommit()) {
                c.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the journal can't be written", e);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** Spoils cookies on their way out. */
    private static final class Cookies extends HttpServletResponseWrapper {
        private final List<EdgeRule> rules;

        Cookies(HttpServletResponse response, List<EdgeRule> rules) {
            super(response);
            this.rules = rules;
        }

        @Override
        public void addHeader(String name, String value) {
            super.addHeader(name, spoilt(name, value));
        }

        @Override
        public void setHeader(String name, @org.jspecify.annotations.Nullable String value) {
            super.setHeader(name, value == null ? null : spoilt(name, value));
        }

        private String spoilt(String name, String value) {
            String now = value;
            for (EdgeRule rule : rules) {
                if (rule.kind() == EdgeRule.Kind.COOKIE && name.equalsIgnoreCase("Set-Cookie")) {
                    now = now.replaceAll(rule.first(), rule.then());
                }
            }
            return now;
        }
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
