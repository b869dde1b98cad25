package dev.averment.server.identity.web;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.SecondFactor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The second step of a sign-in or of a proof, by a code. */
@RestController
class SecondFactorApi {
    private final SecondFactor secondFactor;
    private final Grants grants;
    private final ClientAddress addresses;

    SecondFactorApi(SecondFactor secondFactor, Grants grants, ClientAddress addresses) {
        this.secondFactor = secondFactor;
        this.grants = grants;
        this.addresses = addresses;
    }

    record FactorCode(String ticket, String method, String code) {
        @Override
        public String toString() {
            return "a code by " + method;
        }
    }

    @PostMapping("/api/v1/auth/second-factor")
    ResponseEntity<byte[]> signIn(
            @RequestBody FactorCode body, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(
                secondFactor.signIn(body.ticket(), body.method(), body.code(), Clients.of(request, addresses)),
                entrance -> grants.answer(entrance, response));
    }

    @PostMapping("/api/v1/account/proof/second-factor")
    ResponseEntity<byte[]> prove(SignedIn caller, @RequestBody FactorCode body, HttpServletRequest request) {
        return Answers.of(
                secondFactor.prove(
                        caller.session(), body.ticket(), body.method(), body.code(), Clients.of(request, addresses)),
                _ -> Answers.empty());
    }
}
