package dev.averment.server.console;

import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.ProviderDoor;
import dev.averment.server.identity.ProviderDoor.Answer;
import dev.averment.server.identity.ProviderDoor.End;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.ReturnTargets;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A browser's way to a provider and back, and what it is shown when that leads nowhere. */
@RestController
class ProviderPages {
    private static final Refusal SENT_HERE = new Refusal.Invalid(
            "sent-here", "You were sent here by another site. Open this server's own page to sign in.");

    private final Counter counter;
    private final ProviderDoor door;
    private final BrowserSessions browsers;

    ProviderPages(Counter counter, ProviderDoor door, BrowserSessions browsers) {
        this.counter = counter;
        this.door = door;
        this.browsers = browsers;
    }

    /**
     * Away. Only from this site, or from nowhere: another site's page must not sign anybody in who has not asked for it
     * (ASVS 7.6.2). A browser says where a navigation comes from; what says nothing is refused.
     */
    @GetMapping("/sign-in/with/{provider}")
    ResponseEntity<byte[]> start(
            @PathVariable String provider, HttpServletRequest request, HttpServletResponse response) {
        if (!fromHere(request)) {
            return refusal(request, 403, SENT_HERE);
        }
        String target = request.getParameter("next");
        return counter.answer(
                door.begin(provider, target == null ? ReturnTargets.HOME : target, counter.client(request)),
                (Flows.Begun begun) -> {
                    browsers.keepFlow(begun, response);
                    return ResponseEntity.status(303).location(begun.location()).build();
                },
                why -> refusal(request, why));
    }

    private static boolean fromHere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return "same-origin".equals(site) || "none".equals(site);
    }

    /** Back, by a redirect, or by a form that a page of the provider has sent. */
    @GetMapping("/sign-in/with/{provider}/return")
    ResponseEntity<byte[]> returned(@PathVariable String provider, HttpServletRequest request) {
        return back(provider, request);
    }

    @PostMapping("/sign-in/with/{provider}/return")
    ResponseEntity<byte[]> posted(@PathVariable String provider, HttpServletRequest request) {
        return back(provider, request);
    }

    /**
     * Sends the browser on by a page of this site. What it asks for next comes from here and not from the provider, so that
     * cookies that are SameSite=Strict come along (ASVS 3.3.2).
     */
    private ResponseEntity<byte[]> back(String provider, HttpServletRequest request) {
        var answer =
                new Answer(one(request, "state"), one(request, "code"), one(request, "error"), one(request, "iss"));
        return counter.answer(
                door.returned(provider, answer, browsers.flow(request), counter.client(request)),
                _ -> silent(
                        200,
                        counter.show(
                                request,
                                "going",
                                sheet(request).titled(Entry.GOING),
                                Map.of("to", "/sign-in/with/" + provider + "/continue"))),
                why -> refusal(request, why));
    }

    /** The parameter's only value; nothing for one that is there twice, of which one is somebody else's. */
    private static String one(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 ? "" : values[0];
    }

    /** On, within this site: here the session is opened, the link made, or the proof taken. */
    @GetMapping("/sign-in/with/{provider}/continue")
    ResponseEntity<byte[]> goOn(
            @PathVariable String provider,
            @Nullable Principal caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!fromHere(request)) {
            return refusal(request, 403, SENT_HERE);
        }
        Optional<Session> present =
                caller instanceof SignedIn person ? Optional.of(person.session()) : Optional.empty();
        Outcome<End> outcome = door.goOn(provider, browsers.flow(request), present, counter.client(request));
        browsers.forgetFlow(response);
        return counter.answer(outcome, end -> end(end, present, request, response), why -> refusal(request, why));
    }

    private ResponseEntity<byte[]> end(
            End end, Optional<Session> present, HttpServletRequest request, HttpServletResponse response) {
        return switch (end) {
            case End.Linked linked -> counter.go(linked.target());
            case End.Proven proven -> {
                present.ifPresent(session -> browsers.renew(session, response));
                yield counter.go(proven.target());
            }
            case End.FactorNeeded needed -> {
                browsers.keepTicket(needed.needed().ticket(), response);
                yield counter.go("/proof/second-factor?next=" + needed.target());
            }
            case End.Entered entered -> {
                String path = browsers.arrive(entered.arrival(), entered.target(), request, response);
                boolean through = entered.arrival() instanceof Arrival.Opened opened
                        && opened.demanded().isEmpty();
                yield counter.go(through ? entered.target() : path);
            }
        };
    }

    private Sheet sheet(HttpServletRequest request) {
        // Another language is chosen where nothing happens twice.
        return counter.sheet(request).at("/sign-in");
    }

    private ResponseEntity<byte[]> refusal(HttpServletRequest request, Refusal why) {
        return refusal(request, why instanceof Refusal.Invalid ? 400 : Mistake.status(why), why);
    }

    private ResponseEntity<byte[]> refusal(HttpServletRequest request, int status, Refusal why) {
        Sheet sheet = sheet(request).titled(Talk.NOT_DONE);
        return silent(
                status,
                counter.again(
                        request,
                        why,
                        Sheet.WHOLE,
                        "elsewhere",
                        sheet,
                        Map.of(
                                "back",
                                sheet.signedIn() ? "/settings/security" : "/sign-in",
                                "label",
                                sheet.say(sheet.signedIn() ? Talk.SECURITY : Talk.SIGN_IN))));
    }

    /** What the provider has put into the address stays in it: nothing that the page fetches names where it is. */
    private static ResponseEntity<byte[]> silent(int status, ResponseEntity<byte[]> answer) {
        var headers = new HttpHeaders(answer.getHeaders());
        headers.set("Referrer-Policy", "no-referrer");
        return ResponseEntity.status(status).headers(headers).body(answer.getBody());
    }
}
