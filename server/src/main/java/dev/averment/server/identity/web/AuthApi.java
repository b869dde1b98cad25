package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.AccountSettings;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.PasswordReset;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.SignUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Ways in, for programs: everything here may be called without credentials. */
@RestController
class AuthApi {
    private final SignUp signUp;
    private final SignIn signIn;
    private final PasswordReset reset;
    private final AccountSettings settings;
    private final IdentityCookies cookies;
    private final Grants grants;
    private final ClientAddress addresses;

    AuthApi(
            SignUp signUp,
            SignIn signIn,
            PasswordReset reset,
            AccountSettings settings,
            IdentityCookies cookies,
            Grants grants,
            ClientAddress addresses) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.reset = reset;
        this.settings = settings;
        this.cookies = cookies;
        this.grants = grants;
        this.addresses = addresses;
    }

    record NewAccount(String email, String name, String password) {
        @Override
        public String toString() {
            return "a new account";
        }
    }

    record PasswordSignIn(String email, String password) {
        @Override
        public String toString() {
            return "a sign-in";
        }
    }

    record Address(String email) {}

    record Code(String code) {
        @Override
        public String toString() {
            return "a code";
        }
    }

    record NewPassword(String code, String password) {
        @Override
        public String toString() {
            return "a new password";
        }
    }

    @PostMapping("/api/v1/auth/sign-up")
    ResponseEntity<byte[]> signUp(@RequestBody NewAccount body, HttpServletRequest request) {
        return Answers.of(
                signUp.signUp(body.email(), body.name(), body.password(), client(request)),
                _ -> Answers.json(202, JsonObject.of("next", "open the link that was mailed to the address")));
    }

    @PostMapping("/api/v1/auth/verify")
    ResponseEntity<byte[]> verify(@RequestBody Code body, HttpServletRequest request) {
        return Answers.of(signUp.verify(body.code(), client(request)), _ -> Answers.empty());
    }

    @PostMapping("/api/v1/auth/sign-in")
    ResponseEntity<byte[]> signIn(
            @RequestBody PasswordSignIn body, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(
                signIn.byPassword(body.email(), body.password(), client(request)),
                entrance -> grants.answer(entrance, response));
    }

    @PostMapping("/api/v1/auth/refresh")
    ResponseEntity<byte[]> refresh(HttpServletRequest request, HttpServletResponse response) {
        return IdentityCookies.value(request, IdentityCookies.REFRESH)
                .map(token -> Answers.of(
                        signIn.refresh(token, client(request)), credentials -> grants.refreshed(credentials, response)))
                .orElseGet(() -> Answers.problem(new Refusal.WrongCredentials()));
    }

    @PostMapping("/api/v1/auth/reset")
    ResponseEntity<byte[]> reset(@RequestBody Address body, HttpServletRequest request) {
        return Answers.of(
                reset.request(body.email(), client(request)),
                _ -> Answers.json(
                        202, JsonObject.of("next", "if the address has an account, a link was mailed to it")));
    }

    @PostMapping("/api/v1/auth/reset/confirm")
    ResponseEntity<byte[]> confirmReset(
            @RequestBody NewPassword body, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(reset.confirm(body.code(), body.password(), client(request)), _ -> {
            cookies.clear(response);
            return Answers.empty();
        });
    }

    @PostMapping("/api/v1/auth/confirm-address")
    ResponseEntity<byte[]> confirmAddress(@RequestBody Code body, HttpServletRequest request) {
        return Answers.of(settings.confirmAddress(body.code(), client(request)), _ -> Answers.empty());
    }

    private Client client(HttpServletRequest request) {
        return Clients.of(request, addresses);
    }
}
