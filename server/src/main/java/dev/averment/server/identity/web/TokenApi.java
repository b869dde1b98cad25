package dev.averment.server.identity.web;

import dev.averment.claims.Durations;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.token.ApiToken;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A person's tokens for programs, in one workspace. */
@RestController
class TokenApi {
    private final ApiTokens tokens;
    private final ClientAddress addresses;

    TokenApi(ApiTokens tokens, ClientAddress addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** @param life such as {@code 90d} */
    record NewToken(String name, List<String> scopes, String life) {
        NewToken {
            scopes = List.copyOf(scopes);
        }
    }

    @Needs(Permission.TOKENS_CHANGE)
    @GetMapping("/api/v1/workspaces/{workspace}/tokens")
    ResponseEntity<byte[]> list(Entrance entrance) {
        return Answers.of(
                tokens.list(entrance),
                mine -> Answers.json(
                        200,
                        JsonObject.of(
                                "tokens", mine.stream().map(TokenApi::json).toList())));
    }

    @Needs(Permission.TOKENS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/tokens")
    ResponseEntity<byte[]> make(Entrance entrance, @RequestBody NewToken body, HttpServletRequest request) {
        Optional<String> name = People.title(body.name());
        Optional<Duration> life = Durations.parse(body.life());
        Set<Permission> scopes = body.scopes().stream()
                .flatMap(word -> Permission.parse(word).stream())
                .collect(Collectors.toSet());
        if (name.isEmpty() || life.isEmpty() || scopes.size() != body.scopes().size()) {
            return Answers.problem(new Refusal.Invalid(
                    "bad-token",
                    "A token needs a name of 1 to 200 characters, scopes from docs/api.md, each once, and a life such as"
                            + " 90d."));
        }
        return Answers.of(
                tokens.make(entrance, name.get(), scopes, life.get(), Clients.of(request, addresses)),
                made -> Answers.json(
                        201,
                        JsonObject.of(
                                "id", made.token().id().toString(),
                                "expires", made.token().expires().toString(),
                                "token", made.text())));
    }

    private static JsonObject json(ApiToken token) {
        return JsonObject.of(
                "id", token.id().toString(),
                "name", token.name(),
                "scopes", token.scopes().stream().map(Permission::word).sorted().toList(),
                "made", token.made().toString(),
                "expires", token.expires().toString(),
                "used", token.used() == null ? null : token.used().toString());
    }

    @Needs(Permission.TOKENS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/tokens/{token}")
    ResponseEntity<byte[]> revoke(Entrance entrance, @PathVariable UUID token, HttpServletRequest request) {
        return Answers.of(tokens.revoke(entrance, token, Clients.of(request, addresses)), _ -> Answers.empty());
    }
}
