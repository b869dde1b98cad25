package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.Problems;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What the interface answers: JSON, or a problem for each refusal (RFC 9457). */
public final class Answers {
    private Answers() {}

    public static <T> ResponseEntity<byte[]> of(Outcome<T> outcome, Function<T, ResponseEntity<byte[]>> done) {
        return switch (outcome) {
            case Outcome.Done<T> d -> done.apply(d.value());
            case Outcome.Refused<T> r -> problem(r.why());
        };
    }

    public static ResponseEntity<byte[]> json(int status, JsonObject body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body.canonical());
    }

    public static ResponseEntity<byte[]> empty() {
        return ResponseEntity.noContent().build();
    }

    public static ResponseEntity<byte[]> problem(Refusal why) {
        return switch (why) {
            case Refusal.Invalid i -> problem(422, i.slug(), "This can't be taken", i.message());
            case Refusal.WrongCredentials _ ->
                problem(
                        401,
                        "wrong-credentials",
                        "That does not fit",
                        "Check what you sent. A code is good once, and for half a minute; a password can be asked for anew.");
            case Refusal.Unverified _ ->
                problem(
                        403,
                        "address-unconfirmed",
                        "The address is not confirmed yet",
                        "Open the link that was mailed to it. To have another one sent, ask for a new password.");
            case Refusal.Disabled _ ->
                problem(403, "account-disabled", "This account is shut", "Ask the operator of this server.");
            case Refusal.BadToken _ ->
                problem(
                        400,
                        "bad-code",
                        "This code is not good",
                        "It was used, is too old, or was not copied whole. Ask for another one.");
            case Refusal.ProofNeeded _ ->
                problem(
                        403,
                        "proof-needed",
                        "Prove first that it is you",
                        "POST your password to /api/v1/account/proof, and then the second factor if you have one;"
                                + " or go through a provider, by /api/v1/account/proof/provider. Try again within ten"
                                + " minutes.");
            case Refusal.NotFound _ -> problem(404, "not-found", "There is nothing here", "Check the address.");
            case Refusal.Forbidden f ->
                problem(
                        403,
                        "not-permitted",
                        "You may not do this here",
                        "It needs " + f.needed() + ". Ask an owner of the workspace.");
            case Refusal.Conflict c -> problem(409, c.slug(), "This can't be done as things stand", c.message());
            case Refusal.Limited l ->
                ResponseEntity.status(429)
                        .header("Retry-After", Long.toString(l.retryAfter().toSeconds()))
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(Problems.bytes(
                                429,
                                "too-many-requests",
                                "Too many tries",
                                "Try again in " + l.retryAfter().toSeconds() + " seconds."));
            case Refusal.Unreachable u -> problem(502, u.slug(), "The provider can't be reached", u.message());
            case Refusal.Overloaded _ ->
                ResponseEntity.status(503)
                        .header("Retry-After", "5")
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(Problems.bytes(
                                503,
                                "overloaded",
                                "The server has no room for this now",
                                "Nothing was changed. Try again in a few seconds."));
        };
    }

    private static ResponseEntity<byte[]> problem(int status, String slug, String title, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.bytes(status, slug, title, detail));
    }
}
