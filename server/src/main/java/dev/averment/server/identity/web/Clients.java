package dev.averment.server.identity.web;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.Client;
import jakarta.servlet.http.HttpServletRequest;

/** Who asks, from a request. */
public final class Clients {
    private static final int LONGEST = 200;

    private Clients() {}

    public static Client of(HttpServletRequest request, ClientAddress addresses) {
        String agent = request.getHeader("User-Agent");
        // It is shown in lists of sessions: what isn't plain text there is somebody's trick.
        String shown = agent == null ? "" : agent.replaceAll("[^\\x20-\\x7e]", "?");
        return new Client(addresses.of(request), shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown);
    }
}
