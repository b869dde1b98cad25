package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.PasskeyDoor;
import dev.averment.server.identity.PasskeySettings;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.Passkeys.Assertion;
import dev.averment.server.identity.factor.Passkeys.Descriptor;
import dev.averment.server.identity.factor.Passkeys.Enrolment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Passkeys. Options are what {@code PublicKeyCredential.parseCreationOptionsFromJSON} and {@code parseRequestOptionsFromJSON}
 * take; what a browser made of them comes back as the members that count, all in base64url.
 */
@RestController
class PasskeysApi {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Refusal MALFORMED =
            new Refusal.Invalid("malformed-credential", "A member of the credential is not in base64url.");

    private final PasskeySettings settings;
    private final PasskeyDoor door;
    private final Passkeys passkeys;
    private final Grants grants;
    private final ClientAddress addresses;

    PasskeysApi(PasskeySettings settings, PasskeyDoor door, Passkeys passkeys, Grants grants, ClientAddress addresses) {
        this.settings = settings;
        this.door = door;
        this.passkeys = passkeys;
        this.grants = grants;
        this.addresses = addresses;
    }

    record NewPasskey(String name, String clientDataJSON, String attestationObject, List<String> transports) {}

    record NewName(String name) {}

    record TicketOnly(String ticket) {
        @Override
        public String toString() {
            return "a ticket";
        }
    }

    record Shown(String id, String clientDataJSON, String authenticatorData, String signature, String userHandle) {
        @Override
        public String toString() {
            return "a passkey's answer";
        }
    }

    record ShownBeside(
            String ticket,
            String id,
            String clientDataJSON,
            String authenticatorData,
            String signature,
            String userHandle) {
        @Override
        public String toString() {
            return "a passkey's answer with a ticket";
        }
    }

    @PostMapping("/api/v1/account/factors/passkeys/options")
    ResponseEntity<byte[]> invite(SignedIn caller) {
        return Answers.of(
                settings.invite(caller.session()), invitation -> Answers.json(200, creationOptions(invitation)));
    }

    @PostMapping("/api/v1/account/factors/passkeys")
    ResponseEntity<byte[]> enrol(SignedIn caller, @RequestBody NewPasskey body, HttpServletRequest request) {
        Optional<Enrolment> enrolment = decoded(() -> new Enrolment(
                bytes(body.clientDataJSON()),
                bytes(body.attestationObject()),
                body.transports().stream().filter(Objects::nonNull).toList()));
        return Answers.of(
                enrolment
                        .map(e -> settings.enrol(caller.session(), body.name(), e, client(request)))
                        .orElseGet(() -> Outcome.refused(MALFORMED)),
                passkey -> Answers.json(201, FactorsApi.json(passkey)));
    }

    @PatchMapping("/api/v1/account/factors/passkeys/{passkey}")
    ResponseEntity<byte[]> rename(SignedIn caller, @PathVariable UUID passkey, @RequestBody NewName body) {
        return Answers.of(settings.rename(caller.session(), passkey, body.name()), _ -> Answers.empty());
    }

    @DeleteMapping("/api/v1/account/factors/passkeys/{passkey}")
    ResponseEntity<byte[]> remove(SignedIn caller, @PathVariable UUID passkey, HttpServletRequest request) {
        return Answers.of(settings.remove(caller.session(), passkey, client(request)), _ -> Answers.empty());
    }

    @PostMapping("/api/v1/auth/passkey/options")
    ResponseEntity<byte[]> ask(HttpServletRequest request) {
        return Answers.of(door.ask(client(request)), this::asked);
    }

    @PostMapping("/api/v1/auth/passkey")
    ResponseEntity<byte[]> signIn(@RequestBody Shown body, HttpServletRequest request, HttpServletResponse response) {
        return shown(
                body,
                assertion -> Answers.of(
                        door.signIn(assertion, client(request)), entrance -> grants.answer(entrance, response)));
    }

    @PostMapping("/api/v1/auth/second-factor/passkey/options")
    ResponseEntity<byte[]> askBeside(@RequestBody TicketOnly body, HttpServletRequest request) {
        return Answers.of(door.askBeside(body.ticket(), client(request)), this::asked);
    }

    @PostMapping("/api/v1/auth/second-factor/passkey")
    ResponseEntity<byte[]> signInBeside(
            @RequestBody ShownBeside body, HttpServletRequest request, HttpServletResponse response) {
        var inner = new Shown(
                body.id(), body.clientDataJSON(), body.authenticatorData(), body.signature(), body.userHandle());
        return shown(
                inner,
                assertion -> Answers.of(
                        door.signInBeside(body.ticket(), assertion, client(request)),
                        entrance -> grants.answer(entrance, response)));
    }

    @PostMapping("/api/v1/account/proof/passkey/options")
    ResponseEntity<byte[]> askAgain(SignedIn caller) {
        return asked(door.askAgain(caller.session()));
    }

    @PostMapping("/api/v1/account/proof/passkey")
    ResponseEntity<byte[]> prove(SignedIn caller, @RequestBody Shown body, HttpServletRequest request) {
        return shown(
                body,
                assertion ->
                        Answers.of(door.prove(caller.session(), assertion, client(request)), _ -> Answers.empty()));
    }

    private JsonObject creationOptions(PasskeySettings.Invitation invitation) {
        return JsonObject.of(
                "attestation",
                // A manufacturer's word is asked for where it counts; from everybody else it would only tell the model.
                invitation.account().operator() ? "direct" : "none",
                "authenticatorSelection",
                JsonObject.of("residentKey", "preferred", "userVerification", "preferred"),
                "challenge",
                text(invitation.challenge()),
                "excludeCredentials",
                invitation.known().stream().map(PasskeysApi::json).toList(),
                "pubKeyCredParams",
                Passkeys.algorithms().stream()
                        .map(algorithm -> JsonObject.of("type", "public-key", "alg", algorithm))
                        .toList(),
                "rp",
                JsonObject.of(
                        "id", passkeys.party().id(), "name", passkeys.party().id()),
                "timeout",
                PATIENCE.toMillis(),
                "user",
                JsonObject.of(
                        "id", text(Passkeys.handle(invitation.account().id())),
                        "name", invitation.account().email(),
                        "displayName", invitation.account().name()));
    }

    private ResponseEntity<byte[]> asked(PasskeyDoor.Question question) {
        return Answers.json(
                200,
                JsonObject.of(
                        "allowCredentials",
                        question.allowed().stream().map(PasskeysApi::json).toList(),
                        "challenge",
                        text(question.challenge()),
                        "rpId",
                        passkeys.party().id(),
                        "timeout",
                        PATIENCE.toMillis(),
                        "userVerification",
                        question.userVerification() ? "required" : "preferred"));
    }

    private static JsonObject json(Descriptor descriptor) {
        return JsonObject.of(
                "type", "public-key",
                "id", text(descriptor.credential()),
                "transports", descriptor.transports().stream().sorted().toList());
    }

    private static ResponseEntity<byte[]> shown(Shown body, Function<Assertion, ResponseEntity<byte[]>> then) {
        return decoded(() -> new Assertion(
                        bytes(body.id()),
                        bytes(body.clientDataJSON()),
                        bytes(body.authenticatorData()),
                        bytes(body.signature()),
                        bytes(body.userHandle())))
                .map(then)
                .orElseGet(() -> Answers.problem(MALFORMED));
    }

    private static <T> Optional<T> decoded(java.util.function.Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static String text(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    private Client client(HttpServletRequest request) {
        return Clients.of(request, addresses);
    }
}
