package dev.averment.server.identity.web;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.ProviderLinks;
import dev.averment.server.identity.ProviderProof;
import dev.averment.server.identity.provider.Flows;
import dev.averment.server.identity.provider.SignInProviders;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Which providers there are, and with which of them somebody's own account is linked. */
@RestController
class ProvidersApi {
    private final SignInProviders providers;
    private final ProviderLinks links;
    private final ProviderProof proof;
    private final IdentityCookies cookies;
    private final ClientAddress addresses;

    ProvidersApi(
            SignInProviders providers,
            ProviderLinks links,
            ProviderProof proof,
            IdentityCookies cookies,
            ClientAddress addresses) {
        this.providers = providers;
        this.links = links;
        this.proof = proof;
        this.cookies = cookies;
        this.addresses = addresses;
    }

    /** @param to own path where the browser goes in the end */
    record NewLink(String provider, String to) {}

    @GetMapping("/api/v1/auth/providers")
    ResponseEntity<byte[]> providers() {
        return Answers.json(
                200,
                JsonObject.of(
                        "providers",
                        providers.all().stream()
                                .map(p -> JsonObject.of(
                                        "id", p.id(), "name", p.name(), "kind", p.kind(), "start", p.start()))
                                .toList()));
    }

    @GetMapping("/api/v1/account/links")
    ResponseEntity<byte[]> links(SignedIn caller) {
        return Answers.json(
                200,
                JsonObject.of(
                        "links",
                        links.of(caller.session()).stream()
                                .map(ProvidersApi::json)
                                .toList()));
    }

    private static JsonObject json(ProviderLinks.Seen seen) {
        JsonObject json = JsonObject.of(
                "id", seen.link().id().toString(),
                "issuer", seen.link().issuer(),
                "label", seen.link().label().orElse(""),
                "made", seen.link().made().toString(),
                "provider", seen.provider().map(p -> p.id()).orElse(""));
        return seen.link()
                .used()
                .map(used -> json.with("used", used.toString()))
                .orElse(json);
    }

    @PostMapping("/api/v1/account/links")
    ResponseEntity<byte[]> link(
            SignedIn caller, @RequestBody NewLink body, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(
                links.begin(caller.session(), body.provider(), body.to(), Clients.of(request, addresses)),
                begun -> away(begun, response));
    }

    /** To prove to be there by way of a provider that the account is linked with. */
    @PostMapping("/api/v1/account/proof/provider")
    ResponseEntity<byte[]> prove(
            SignedIn caller, @RequestBody NewLink body, HttpServletRequest request, HttpServletResponse response) {
        return Answers.of(
                proof.begin(caller.session(), body.provider(), body.to(), Clients.of(request, addresses)),
                begun -> away(begun, response));
    }

    private ResponseEntity<byte[]> away(Flows.Begun begun, HttpServletResponse response) {
        cookies.setFlow(response, begun.cookie(), begun.sameSite());
        return Answers.json(200, JsonObject.of("location", begun.location().toString()));
    }

    @DeleteMapping("/api/v1/account/links/{link}")
    ResponseEntity<byte[]> unlink(SignedIn caller, @PathVariable UUID link, HttpServletRequest request) {
        return Answers.of(links.remove(caller.session(), link, Clients.of(request, addresses)), _ -> Answers.empty());
    }
}
