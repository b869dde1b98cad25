package dev.averment.server.console;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.identity.workspace.WorkspaceMembers.Seen;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Somebody's own tokens for programs, in one workspace. */
@RestController
class TokenPages {
    private static final String FORM = MediaType.APPLICATION_FORM_URLENCODED_VALUE;

    /** Days. */
    private static final List<Integer> LIVES = List.of(7, 30, 90, 180, 365);

    private final Counter counter;
    private final ApiTokens tokens;
    private final WorkspaceMembers workspaces;

    TokenPages(Counter counter, ApiTokens tokens, WorkspaceMembers workspaces) {
        this.counter = counter;
        this.tokens = tokens;
        this.workspaces = workspaces;
    }

    private static String base(Entrance entrance) {
        return "/workspaces/" + entrance.workspace() + "/tokens";
    }

    private Sheet sheet(HttpServletRequest request, Entrance entrance) {
        return counter.sheet(request).titled(Work.TOKENS).in("workspaces").at(base(entrance));
    }

    private Seen seen(Entrance entrance) {
        return entrance.caller() instanceof Caller.Person person
                ? workspaces.seen(person, entrance.workspace()).orElseGet(() -> counter.<Seen>nothing())
                : counter.<Seen>nothing();
    }

    @Needs(Permission.TOKENS_CHANGE)
    @GetMapping("/workspaces/{workspace}/tokens")
    ResponseEntity<byte[]> page(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = sheet(request, entrance);
        return counter.answer(
                tokens.list(entrance),
                mine -> counter.show(request, "tokens", sheet, Map.of("seen", seen(entrance), "tokens", mine)),
                why -> counter.refuse(request, why, sheet, "/workspaces"));
    }

    /** What the caller may give away: what he may do himself. */
    private Map<String, Object> about(Entrance entrance) {
        Seen seen = seen(entrance);
        return Map.of(
                "seen",
                seen,
                "scopes",
                Arrays.stream(Permission.values())
                        .filter(p -> p.delegable() && seen.role().may(p))
                        .toList(),
                "lives",
                LIVES);
    }

    private Sheet making(HttpServletRequest request, Entrance entrance) {
        return sheet(request, entrance).titled(Work.TOKEN_MAKE).at(base(entrance) + "/new");
    }

    @Needs(Permission.TOKENS_CHANGE)
    @GetMapping("/workspaces/{workspace}/tokens/new")
    ResponseEntity<byte[]> makePage(Entrance entrance, HttpServletRequest request) {
        Sheet sheet = making(request, entrance);
        return counter.answer(
                tokens.list(entrance),
                _ -> entrance.caller() instanceof Caller.Person person && person.fresh()
                        ? counter.show(request, "newtoken", sheet, about(entrance))
                        : counter.prove(base(entrance) + "/new"),
                why -> counter.refuse(request, why, sheet, "/workspaces"));
    }

    @Needs(Permission.TOKENS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/tokens", consumes = FORM)
    ResponseEntity<byte[]> make(Entrance entrance, HttpServletRequest request) {
        Form form = Form.of(request);
        List<String> ticked = form.ticked("scopes");
        Sheet sheet = making(request, entrance).keeping(form, "name", "days").ticking(ticked);
        Optional<String> name = People.title(form.text("name"));
        Set<Permission> scopes =
                ticked.stream().flatMap(word -> Permission.parse(word).stream()).collect(Collectors.toSet());
        Optional<Duration> life = LIVES.stream()
                .filter(days -> days.toString().equals(form.text("days")))
                .map(Duration::ofDays)
                .findFirst();
        Outcome<ApiTokens.Made> made = name.isEmpty()
                ? Outcome.refused(new Refusal.Invalid("bad-name", ""))
                : life.isEmpty()
                        ? Outcome.refused(new Refusal.Invalid("bad-expiry", ""))
                        : tokens.make(entrance, name.get(), scopes, life.get(), counter.client(request));
        return counter.answer(
                made,
                done -> counter.show(
                        request,
                        "tokenmade",
                        sheet(request, entrance).titled(Work.TOKEN_MADE),
                        Map.of("seen", seen(entrance), "token", done.text())),
                why -> switch (why) {
                    case Refusal.ProofNeeded _ -> counter.prove(base(entrance) + "/new");
                    case Refusal.NotFound _ -> counter.missing();
                    default -> counter.again(request, why, field(why), "newtoken", sheet, about(entrance));
                });
    }

    private static String field(Refusal why) {
        return why instanceof Refusal.Invalid invalid
                ? switch (invalid.slug()) {
                    case "bad-name" -> "name";
                    case "bad-scopes" -> "scopes";
                    default -> Sheet.WHOLE;
                }
                : Sheet.WHOLE;
    }

    @Needs(Permission.TOKENS_CHANGE)
    @PostMapping(value = "/workspaces/{workspace}/tokens/{token}/revocation", consumes = FORM)
    ResponseEntity<byte[]> revoke(Entrance entrance, @PathVariable UUID token, HttpServletRequest request) {
        return counter.answer(
                tokens.revoke(entrance, token, counter.client(request)),
                _ -> counter.go(base(entrance), Done.TOKEN_ENDED),
                why -> counter.refuse(request, why, sheet(request, entrance), base(entrance)));
    }
}
