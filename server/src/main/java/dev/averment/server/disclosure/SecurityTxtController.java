package dev.averment.server.disclosure;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.Problems;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** security.txt and its key, for everybody; its renewal, for the operator. */
@RestController
class SecurityTxtController {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityTxtController.class);
    private static final CacheControl SHORTLY =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final SecurityContact contact;

    SecurityTxtController(SecurityContact contact) {
        this.contact = contact;
    }

    @GetMapping(ContactFile.PATH)
    ResponseEntity<byte[]> file() {
        try {
            return contact.file()
                    .map(bytes -> text(bytes, "text/plain;charset=utf-8"))
                    .orElseGet(() -> problem(
                            404,
                            "no-security-contact",
                            "There is no contact for security reports yet",
                            "The operator's register security-txt is empty."));
        } catch (DisclosureException e) {
            LOG.warn("security.txt can't be served: {}", e.getMessage());
            return problem(
                    503,
                    "security-contact-unfit",
                    "The contact for security reports can't be shown",
                    "The operator's register holds an entry that RFC 9116 forbids; the server's log says which part.");
        }
    }

    /** RFC 3156 §7 has the media type. */
    @GetMapping(ContactFile.KEY_PATH)
    ResponseEntity<byte[]> key() {
        return text(contact.publicKey(), "application/pgp-keys");
    }

    @PostMapping("/api/v1/security-contact/renewal")
    ResponseEntity<byte[]> renew() {
        return contact.renew("system:operator-token")
                .map(expires -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(JsonObject.of("expires", expires.toString()).canonical()))
                .orElseGet(() -> problem(
                        404,
                        "no-security-contact",
                        "There is no contact to renew",
                        "Put an entry into the register security-txt of the operator's page first."));
    }

    private static ResponseEntity<byte[]> text(byte[] bytes, String type) {
        return ResponseEntity.ok()
                .cacheControl(SHORTLY)
                .contentType(MediaType.parseMediaType(type))
                .body(bytes);
    }

    private static ResponseEntity<byte[]> problem(int status, String kind, String title, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(Problems.bytes(status, kind, title, detail));
    }
}
