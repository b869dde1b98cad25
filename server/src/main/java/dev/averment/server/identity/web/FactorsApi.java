package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.FactorSettings;
import dev.averment.server.identity.factor.Passkey;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The second factors of somebody's own account. */
@RestController
class FactorsApi {
    private final FactorSettings settings;
    private final ClientAddress addresses;

    FactorsApi(FactorSettings settings, ClientAddress addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    record AppCode(String code) {
        @Override
        public String toString() {
            return "a code";
        }
    }

    @GetMapping("/api/v1/account/factors")
    ResponseEntity<byte[]> factors(SignedIn caller) {
        FactorSettings.Overview overview = settings.overview(caller.session());
        var answer = JsonObject.of(
                "passkeys", overview.passkeys().stream().map(FactorsApi::json).toList(),
                "recoveryCodesLeft", overview.codesLeft());
        return Answers.json(
                200,
                overview.app()
                        .map(since -> answer.with("totp", JsonObject.of("since", since.toString())))
                        .orElse(answer));
    }

    static JsonObject json(Passkey passkey) {
        var answer = JsonObject.of(
                "id", passkey.id().toString(),
                "name", passkey.name(),
                "model", passkey.model().toString(),
                "attestation", passkey.format(),
                "backupEligible", passkey.backupEligible(),
                "backedUp", passkey.backedUp(),
                "hardware", passkey.hardware(),
                "made", passkey.made().toString());
        return passkey.used().map(used -> answer.with("used", used.toString())).orElse(answer);
    }

    @PostMapping("/api/v1/account/factors/totp")
    ResponseEntity<byte[]> begin(SignedIn caller, HttpServletRequest request) {
        return Answers.of(
                settings.beginApp(caller.session(), client(request)),
                link -> Answers.json(201, JsonObject.of("secret", link.secret(), "uri", link.uri(), "qr", link.qr())));
    }

    @PostMapping("/api/v1/account/factors/totp/confirm")
    ResponseEntity<byte[]> confirm(SignedIn caller, @RequestBody AppCode body, HttpServletRequest request) {
        return Answers.of(settings.confirmApp(caller.session(), body.code(), client(request)), _ -> Answers.empty());
    }

    @DeleteMapping("/api/v1/account/factors/totp")
    ResponseEntity<byte[]> remove(SignedIn caller, HttpServletRequest request) {
        return Answers.of(settings.removeApp(caller.session(), client(request)), _ -> Answers.empty());
    }

    @PostMapping("/api/v1/account/factors/recovery-codes")
    ResponseEntity<byte[]> codes(SignedIn caller, HttpServletRequest request) {
        return Answers.of(
                settings.makeCodes(caller.session(), client(request)),
                codes -> Answers.json(201, JsonObject.of("codes", codes)));
    }

    private Client client(HttpServletRequest request) {
        return Clients.of(request, addresses);
    }
}
