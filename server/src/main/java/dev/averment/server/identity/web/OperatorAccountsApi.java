package dev.averment.server.identity.web;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.AccountOperations;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What operators do about people's accounts. */
@RestController
class OperatorAccountsApi {
    private final AccountOperations operations;
    private final ClientAddress addresses;

    OperatorAccountsApi(AccountOperations operations, ClientAddress addresses) {
        this.operations = operations;
        this.addresses = addresses;
    }

    record Whose(String email) {}

    @PostMapping("/api/v1/operator/accounts/end-sessions")
    ResponseEntity<byte[]> endSessions(@RequestBody Whose body, HttpServletRequest request) {
        return Answers.of(operations.endSessions(body.email(), Clients.of(request, addresses)), _ -> Answers.empty());
    }

    @PostMapping("/api/v1/operator/accounts/reset")
    ResponseEntity<byte[]> reset(@RequestBody Whose body, HttpServletRequest request) {
        return Answers.of(operations.startReset(body.email(), Clients.of(request, addresses)), _ -> Answers.empty());
    }
}
