package dev.averment.server.outbound;

import java.util.Map;

/**
 * What is sent.
 *
 * @param method  {@code GET}, {@code POST}, {@code PUT} or {@code HEAD}
 * @param url     where to
 * @param headers by name; they may hold secrets
 * @param body    empty when there is none
 */
public record OutboundRequest(String method, OutboundUrl url, Map<String, String> headers, byte[] body) {
    public OutboundRequest {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return method + " " + url;
    }
}
