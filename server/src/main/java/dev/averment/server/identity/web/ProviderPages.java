package dev.averment.server.identity.web;

import dev.averment.server.identity.Refusal;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The two pages that a browser may see on its way back from a provider. No script, no style, nothing fetched. */
final class ProviderPages {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    private ProviderPages() {}

    /**
     * Sends the browser on by a page of this site. What it asks for next comes from here and not from the provider, so that
     * cookies that are SameSite=Strict come along (ASVS 3.3.2).
     */
    static ResponseEntity<byte[]> goOn(String path) {
        return page(200, "Signing in", "<meta http-equiv=\"refresh\" content=\"0; url=" + path + "\">", """
                <p>You are being signed in. <a href="%s">Go on</a> if nothing happens.</p>""".formatted(
                        path));
    }

    static ResponseEntity<byte[]> refusal(Refusal why) {
        return switch (why) {
            case Refusal.Invalid i -> refusal(400, i.message());
            case Refusal.Conflict c -> refusal(409, c.message());
            case Refusal.Unreachable u -> refusal(502, u.message());
            case Refusal.Limited l ->
                refusal(429, "Too many tries. Try again in " + l.retryAfter().toSeconds() + " seconds.");
            case Refusal.Disabled _ -> refusal(403, "This account is shut. Ask the operator of this server.");
            case Refusal.Unverified _ ->
                refusal(
                        403,
                        "The mail address of this account is not confirmed yet. Open the link that was mailed to it.");
            case Refusal.ProofNeeded _ ->
                refusal(
                        403,
                        "This takes a proof that it is you, no older than ten minutes. Sign in anew and try again.");
            case Refusal.NotFound _ -> refusal(404, "There is nothing here. Check the address.");
            default -> refusal(400, "This can't be done. Begin again.");
        };
    }

    static ResponseEntity<byte[]> refusal(int status, String message) {
        return page(status, "You are not signed in by this", "", """
                <h1>You are not signed in by this</h1>
                <p>%s</p>
                <p><a href="/sign-in">Sign in</a></p>""".formatted(HtmlUtils.htmlEscape(message)));
    }

    private static ResponseEntity<byte[]> page(int status, String title, String head, String body) {
        String html = """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title>%s</head>
                <body><main>
                %s
                </main></body>
                </html>
                """.formatted(title, head, body);
        return ResponseEntity.status(status).contentType(HTML).body(html.getBytes(StandardCharsets.UTF_8));
    }
}
