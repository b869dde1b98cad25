package dev.averment.server.identity.web;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.Arrival;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.ProviderDoor;
import dev.averment.server.identity.ProviderDoor.Answer;
import dev.averment.server.identity.ProviderDoor.End;
import dev.averment.server.identity.ReturnTargets;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A browser's way to a provider and back. */
@RestController
class ProviderRoutes {
    private final ProviderDoor door;
    private final IdentityCookies cookies;
    private final BrowserSessions browsers;
    private final ClientAddress addresses;

    ProviderRoutes(ProviderDoor door, IdentityCookies cookies, BrowserSessions browsers, ClientAddress addresses) {
        this.door = door;
        this.cookies = cookies;
        this.browsers = browsers;
        this.addresses = addresses;
    }

    /**
     * Away. Only from this site, or from nowhere: another site's page must not sign anybody in who has not asked for it
     * (ASVS 7.6.2). A browser says where a navigation comes from; what says nothing is refused.
     */
    @GetMapping("/sign-in/with/{provider}")
    ResponseEntity<byte[]> start(
            @PathVariable String provider, HttpServletRequest request, HttpServletResponse response) {
        if (!fromHere(request)) {
            return ProviderPages.refusal(
                    403, "You were sent here by another site. Open this server's own page to sign in.");
        }
        String target = request.getParameter("next");
        return switch (door.begin(
                provider, target == null ? ReturnTargets.HOME : target, Clients.of(request, addresses))) {
            case Outcome.Done<Flows.Begun> begun -> {
                cookies.setFlow(response, begun.value().cookie(), begun.value().sameSite());
                yield redirect(begun.value().location().toString());
            }
            case Outcome.Refused<Flows.Begun> refused -> ProviderPages.refusal(refused.why());
        };
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

    private ResponseEntity<byte[]> back(String provider, HttpServletRequest request) {
        var answer =
                new Answer(one(request, "state"), one(request, "code"), one(request, "error"), one(request, "iss"));
        return switch (door.returned(provider, answer, flowCookie(request), Clients.of(request, addresses))) {
            case Outcome.Done<Boolean> _ -> ProviderPages.goOn("/sign-in/with/" + provider + "/continue");
            case Outcome.Refused<Boolean> refused -> ProviderPages.refusal(refused.why());
        };
    }

    /** The parameter's only value; nothing for one that is there twice, of which one is somebody else's. */
    private static String one(HttpServletRequest request, String name) {
        String[] values = request.getParameterValues(name);
        return values == null || values.length != 1 ? "" : values[0];
    }

    private static String flowCookie(HttpServletRequest request) {
        return IdentityCookies.value(request, IdentityCookies.FLOW).orElse("");
    }

    /** On, within this site: here the session is opened, or the link made. */
    @GetMapping("/sign-in/with/{provider}/continue")
    ResponseEntity<byte[]> goOn(
            @PathVariable String provider,
            @Nullable Principal caller,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!fromHere(request)) {
            return ProviderPages.refusal(
                    403, "You were sent here by another site. Open this server's own page to sign in.");
        }
        Optional<Session> present =
                caller instanceof SignedIn person ? Optional.of(person.session()) : Optional.empty();
        Outcome<End> outcome = door.goOn(provider, flowCookie(request), present, Clients.of(request, addresses));
        cookies.clearFlow(response);
        return switch (outcome) {
            case Outcome.Refused<End> refused -> ProviderPages.refusal(refused.why());
            case Outcome.Done<End> done ->
                switch (done.value()) {
                    case End.Linked linked -> redirect(linked.target());
                    case End.Proven proven -> {
                        present.ifPresent(session -> browsers.renew(session, response));
                        yield redirect(proven.target());
                    }
                    case End.FactorNeeded needed -> {
                        browsers.keepTicket(needed.needed().ticket(), response);
                        yield redirect("/proof/second-factor?next=" + needed.target());
                    }
                    case End.Entered entered -> entered(entered, request, response);
                };
        };
    }

    private ResponseEntity<byte[]> entered(
            End.Entered entered, HttpServletRequest request, HttpServletResponse response) {
        String path = browsers.arrive(entered.arrival(), entered.target(), request, response);
        boolean through = entered.arrival() instanceof Arrival.Opened opened
                && opened.demanded().isEmpty();
        return redirect(through ? entered.target() : path);
    }

    private static ResponseEntity<byte[]> redirect(String location) {
        return ResponseEntity.status(303).header("Location", location).build();
    }
}
