package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A signed-in person's own account. */
@RestController
class AccountApi {
    private final AccountSettings settings;
    private final SignIn signIn;
    private final People people;
    private final IdentityCookies cookies;
    private final ClientAddress addresses;

    AccountApi(
            AccountSettings settings, SignIn signIn, People people, IdentityCookies cookies, ClientAddress addresses) {
        this.settings = settings;
        this.signIn = signIn;
        this.people = people;
        this.cookies = cookies;
        this.addresses = addresses;
    }

    record Name(String name) {}

    record NewAddress(String email) {}

    record Password(String password) {
        @Override
        public String toString() {
            return "a password";
        }
    }

    record PasswordChange(String current, String wanted) {
        @Override
        public String toString() {
            return "a change of password";
        }
    }

    @GetMapping("/api/v1/account")
    ResponseEntity<byte[]> account(SignedIn caller) {
        return settings.account(caller.session())
                .map(account -> Answers.json(
                        200,
                        JsonObject.of(
                                "id", account.id().toString(),
                                "email", account.email(),
                                "name", account.name(),
                                "operator", account.operator())))
                .orElseGet(() -> Answers.problem(new Refusal.NotFound()));
    }

    @PatchMapping("/api/v1/account")
    ResponseEntity<byte[]> rename(SignedIn caller, @RequestBody Name body) {
        return Answers.of(settings.rename(caller.session(), body.name()), _ -> Answers.empty());
    }

    @PostMapping("/api/v1/account/proof")
    ResponseEntity<byte[]> prove(SignedIn caller, @RequestBody Password body, HttpServletRequest request) {
        return Answers.of(
                settings.prove(caller.session(), body.password(), client(request)),
                needed -> needed.map(Grants::factorNeeded).orElseGet(Answers::empty));
    }

    @PostMapping("/api/v1/account/password")
    ResponseEntity<byte[]> password(
            SignedIn caller,
            @RequestBody PasswordChange body,
            HttpServletRequest request,
            HttpServletResponse response) {
        return Answers.of(
                settings.changePassword(caller.session(), body.current(), body.wanted(), client(request)), _ -> {
                    cookies.clear(response);
                    return Answers.empty();
                });
    }

    @PostMapping("/api/v1/account/email")
    ResponseEntity<byte[]> email(SignedIn caller, @RequestBody NewAddress body, HttpServletRequest request) {
        return Answers.of(
                settings.changeAddress(caller.session(), body.email(), client(request)),
                _ -> Answers.json(202, JsonObject.of("next", "open the link that was mailed to the new address")));
    }

    @GetMapping("/api/v1/account/sessions")
    ResponseEntity<byte[]> sessions(SignedIn caller) {
        List<JsonObject> open = settings.sessions(caller.session()).stream()
                .map(session ->
                        json(session, session.id().equals(caller.session().id())))
                .toList();
        return Answers.json(200, JsonObject.of("sessions", open));
    }

    private static JsonObject json(Session session, boolean current) {
        return JsonObject.of(
                "id", session.id().toString(),
                "current", current,
                "factors", session.factors().stream().sorted().toList(),
                "client", session.client(),
                "address", session.address(),
                "opened", session.opened().toString(),
                "seen", session.seen().toString(),
                "expires", session.expires().toString());
    }

    @DeleteMapping("/api/v1/account/sessions/{session}")
    ResponseEntity<byte[]> endSession(SignedIn caller, @PathVariable UUID session, HttpServletRequest request) {
        return Answers.of(settings.endSession(caller.session(), session, client(request)), _ -> Answers.empty());
    }

    @DeleteMapping("/api/v1/account/sessions")
    ResponseEntity<byte[]> endSessions(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        settings.endSessions(caller.session(), client(request));
        cookies.clear(response);
        return Answers.empty();
    }

    @PostMapping("/api/v1/account/sign-out")
    ResponseEntity<byte[]> signOut(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        signIn.signOut(caller.session(), client(request));
        cookies.clear(response);
        // What the browser kept of this site goes too (ASVS 14.3.1).
        response.setHeader("Clear-Site-Data", "\"cache\", \"cookies\", \"storage\"");
        return Answers.empty();
    }

    @DeleteMapping("/api/v1/account")
    ResponseEntity<byte[]> delete(SignedIn caller, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(settings.delete(caller.session(), people, client(request)), _ -> {
            cookies.clear(response);
            return Answers.empty();
        });
    }

    private Client client(HttpServletRequest request) {
        return Clients.of(request, addresses);
    }
}
