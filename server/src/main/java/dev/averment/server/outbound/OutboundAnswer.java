package dev.averment.server.outbound;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/**
 * What came back.
 *
 * @param status    HTTP status, 100 to 599; a redirect is an answer and is not followed
 * @param headers   by lower-case name; of a repeated one the first
 * @param body      its first bytes, at most {@link OutboundClient#BODY_KEPT}, as they came (not decompressed)
 * @param truncated whether there was more
 * @param address   who answered
 * @param took      from the look-up of the host to the last byte read
 */
public record OutboundAnswer(
        int status, Map<String, String> headers, byte[] body, boolean truncated, InetAddress address, Duration took) {
    public OutboundAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }
}
