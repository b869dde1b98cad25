package dev.averment.checks.clientaddress;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends each forwarding header with an address of its own, from those that are kept for documentation (RFC 5737). */
final class ClientAddressCollector implements Collector {
    private static final Map<String, String> FORGED = forged();

    private static Map<String, String> forged() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Forwarded-For", "203.0.113.66");
        headers.put("Forwarded", "198.51.100.66");
        headers.put("X-Real-IP", "192.0.2.66");
        headers.put("X-Client-IP", "192.0.2.67");
        headers.put("True-Client-IP", "192.0.2.68");
        headers.put("CF-Connecting-IP", "192.0.2.69");
        return headers;
    }

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        SignInPaths paths = service.paths();
        try (Canary canary = Canary.confirmed(service)) {
            Credentials plain = canary.signedIn();
            Map<String, String> headers = new HashMap<>(FORGED);
            headers.replace("Forwarded", "for=" + FORGED.get("Forwarded"));
            Answer forged =
                    canary.post(headers, paths.signIn(), "email", canary.address(), "password", canary.password());
            canary.expect(200, forged, "Signing in with forwarding headers");
            Map<String, String> noted = noted(canary.send(plain, "GET", paths.sessions()));
            String usual = noted.getOrDefault(plain.session(), "");
            String other = noted.getOrDefault(Canary.text(forged, "session"), "");
            if (usual.isEmpty() || other.isEmpty()) {
                throw new CollectException(
                        "The list of sessions does not show from which address each was opened; this check compares those.");
            }
            List<Subject> subjects = FORGED.entrySet().stream()
                    .map(header -> new Subject(
                            header.getKey(),
                            Map.of(
                                    "forged", header.getValue(),
                                    "taken", other.equals(header.getValue()))))
                    .toList();
            return new Facts(look.clock().instant(), subjects, Map.of("sameAddress", usual.equals(other)));
        }
    }

    private static Map<String, String> noted(Answer answer) throws CollectException {
        Map<String, String> addresses = new HashMap<>();
        try {
            for (JsonValue session :
                    Json.parseObject(answer.body()).array("sessions").items()) {
                if (session instanceof JsonObject object) {
                    addresses.put(
                            object.optionalString("id").orElse(""),
                            object.optionalString("address").orElse(""));
                }
            }
            return addresses;
        } catch (JsonException e) {
            throw new CollectException(
                    "The list of sessions can't be read (" + e.getMessage() + "); see the target's path of it.", e);
        }
    }
}
