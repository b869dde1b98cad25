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
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses JSON in another encoding than UTF-8, and bodies over a size, those that announce it at once, and those that don't while they are read. */
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
        if (isJson(request) && !isUtf8(request.getCharacterEncoding())) {
            Problems.write(
                    response, 415, "unsupported-charset", "The request's body is not in UTF-8", NotUtf8.WHAT_TO_DO);
            return;
        }
        chain.doFilter(new Bounded(request), response);
    }

    private static boolean isJson(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).contains("json");
    }

    private static boolean isUtf8(@Nullable String charset) {
        return charset == null || charset.equalsIgnoreCase("utf-8") || charset.equalsIgnoreCase("us-ascii");
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

    /** JSON between systems is in UTF-8 (RFC 8259 §8.1); two readers of another encoding may read two things. */
    static final class NotUtf8 extends IOException {
        private static final long serialVersionUID = 1L;
        static final String WHAT_TO_DO = "Send JSON in UTF-8, without a byte order mark (RFC 8259).";

        NotUtf8() {
            super(WHAT_TO_DO);
        }
    }

    private final class Bounded extends HttpServletRequestWrapper {
        private final boolean json;

        Bounded(HttpServletRequest request) {
            super(request);
            json = isJson(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream body = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int value = body.read();
                    if (value >= 0) {
                        requireUtf8((byte) value, read);
                        if (++read > most) {
                            throw new TooLarge(most);
                        }
                    }
                    return value;
                }

                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    int count = body.read(into, at, length);
                    if (count > 0) {
                        for (int i = 0; i < count && read + i < 4; i++) {
                            requireUtf8(into[at + i], read + i);
                        }
                        read += count;
                        if (read > most) {
                            throw new TooLarge(most);
                        }
                    }
                    return count;
                }

                /** Of JSON's first four bytes at least one is NUL in UTF-16 and UTF-32, or there is a byte order mark. */
                private void requireUtf8(byte value, long place) throws NotUtf8 {
                    boolean mark = place == 0 && (value == (byte) 0xEF || value == (byte) 0xFE || value == (byte) 0xFF);
                    if (json && place < 4 && (value == 0 || mark)) {
                        throw new NotUtf8();
                    }
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
