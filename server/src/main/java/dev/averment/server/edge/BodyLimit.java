package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies over a size, those that announce it at once, and those that don't while they are read. */
final class BodyLimit extends OncePerRequestFilter {
    private final int most;

    /** @param most bytes */
    BodyLimit(int most) {
        this.most = most;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > most) {
            refuse(response);
            return;
        }
        chain.doFilter(new Bounded(request), response);
    }

    private void refuse(HttpServletResponse response) throws IOException {
        Problems.write(
                response,
                413,
                "body-too-large",
                "The request's body is too large",
                "This server takes bodies of at most " + most + " bytes here.");
    }

    /** A body turned out to be over the limit while it was read. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(int most) {
            super("the body is over " + most + " bytes");
        }
    }

    private final class Bounded extends HttpServletRequestWrapper {
        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int value = body.read();
                    if (value >= 0 && ++read > most) {
                        throw new TooLarge(most);
                    }
                    return value;
                }

                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    int count = body.read(into, at, length);
                    if (count > 0) {
                        read += count;
                        if (read > most) {
                            throw new TooLarge(most);
                        }
                    }
                    return count;
                }

                @Override
                public boolean isFinished() {
                    return body.isFinished();
                }

                @Override
                public boolean isReady() {
                    return body.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    body.setReadListener(listener);
                }
            };
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }
}
