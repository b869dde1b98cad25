package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.session.Sessions.Credentials;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;

/** What a program is handed that signed somebody in, or got halfway. */
final class Grants {
    private final IdentityCookies cookies;

    Grants(IdentityCookies cookies) {
        this.cookies = cookies;
    }

    ResponseEntity<byte[]> answer(Arrival arrival, HttpServletResponse response) {
        return switch (arrival) {
            case Arrival.Opened opened -> opened(opened, response);
            case Arrival.FactorNeeded needed -> factorNeeded(needed);
        };
    }

    private ResponseEntity<byte[]> opened(Arrival.Opened opened, HttpServletResponse response) {
        JsonObject tokens = tokens(opened.credentials(), response);
        return Answers.json(
                200,
                opened.demanded()
                        .map(demand -> tokens.with("next", "enrol-factor").with("demanded", demand.word()))
                        .orElse(tokens));
    }

    ResponseEntity<byte[]> refreshed(Credentials credentials, HttpServletResponse response) {
        return Answers.json(200, tokens(credentials, response));
    }

    /** The refresh token travels in a cookie that no script can read, the access token in the body. */
    private JsonObject tokens(Credentials credentials, HttpServletResponse response) {
        cookies.setRefresh(response, credentials);
        return JsonObject.of(
                "accessToken", credentials.accessToken(),
                "expiresIn", credentials.accessTokenLife().toSeconds(),
                "session", credentials.session().toString(),
                "tokenType", "Bearer");
    }

    static ResponseEntity<byte[]> factorNeeded(Arrival.FactorNeeded needed) {
        return Answers.json(
                200,
                JsonObject.of(
                        "next", "second-factor",
                        "ticket", needed.ticket(),
                        "expiresIn", Tickets.LIFE.toSeconds(),
                        "methods", needed.methods().stream().map(Method::word).toList()));
    }
}
