package dev.averment.checks.tokenscope;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What the routes of a workspace take, such that a program that is let through does no harm; and what it did, undone. */
final class Bodies {
    /** An id that was never given out. */
    static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    /** Where the interface of Healthchecks makes monitors. */
    private static final String CHECKS = "/api/v3/checks/";

    private final SignInService service;
    private final Canary canary;
    private final Member member;
    private final String workspaces;
    private final List<String> invitations = new ArrayList<>();
    private final List<String> invited = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> checks = new ArrayList<>();
    private String name = "";

    Bodies(SignInService service, Canary canary, Member member, String workspaces) {
        this.service = service;
        this.canary = canary;
        this.member = member;
        this.workspaces = workspaces;
    }

    /** Empty for a route that takes none. */
    byte[] of(Route route) throws CollectException {
        String path = route.template();
        if (route.reads() || route.method().equals("DELETE")) {
            return new byte[0];
        }
        if (path.equals(workspaces + "/{workspace}")) {
            return JsonObject.of("name", name()).canonical();
        }
        if (path.equals(CHECKS)) {
            return JsonObject.of("name", "Canary").canonical();
        }
        if (path.endsWith("/{workspace}/deletion")) {
            // Not its name: a route that wrongly lets a token in must not delete the workspace.
            return JsonObject.of("name", "Not the name").canonical();
        }
        if (path.endsWith("/members/{account}")) {
            return JsonObject.of("role", "viewer").canonical();
        }
        if (path.endsWith("/invitations")) {
            String address = service.newAddress();
            invited.add(address);
            return JsonObject.of("email", address, "role", "viewer").canonical();
        }
        if (path.endsWith("/{monitor}/tokens")) {
            return JsonObject.of("name", "Canary", "life", "1d").canonical();
        }
        if (path.endsWith("/tokens")) {
            return JsonObject.of("name", "Canary", "scopes", List.of("workspace:read"), "life", "1h")
                    .canonical();
        }
        if (path.endsWith("/incidents")) {
            // Of an owner who is nobody: whoever is let through opens none.
            return JsonObject.of("title", "Canary", "severity", "P3", "owner", NOBODY, "text", "Canary")
                    .canonical();
        }
        if (path.endsWith("/incidents/{incident}/assign")) {
            return JsonObject.of("owner", NOBODY).canonical();
        }
        if (path.endsWith("/incidents/{incident}/notes") || path.endsWith("/incidents/{incident}/updates")) {
            return JsonObject.of("text", "Canary").canonical();
        }
        if (path.endsWith("/incidents/{incident}/severity")) {
            return JsonObject.of("severity", "P3", "reason", "Canary").canonical();
        }
        if (path.endsWith("/incidents/{incident}/resolve") || path.endsWith("/incidents/{incident}/reopen")) {
            return JsonObject.of("reason", "Canary").canonical();
        }
        if (path.endsWith("/incidents/{incident}/reviews")) {
            return JsonObject.of("happened", "Canary", "cause", "Canary", "actions", "Canary")
                    .canonical();
        }
        if (path.endsWith("{workspace}/escalation")) {
            return JsonObject.of("steps", List.of()).canonical();
        }
        if (path.endsWith("{workspace}/incident-rules")) {
            return JsonObject.of("rules", List.of()).canonical();
        }
        if (path.endsWith("{workspace}/calendar")) {
            return JsonObject.of("zone", "UTC", "region", "", "week", "mo-fr 09:00-17:00", "closures", "")
                    .canonical();
        }
        if (path.endsWith("/{monitor}/maintenance")) {
            return JsonObject.of("from", "2099-01-01T00:00:00Z", "to", "2099-01-02T00:00:00Z", "reason", "Canary")
                    .canonical();
        }
        if (path.endsWith("/runs/{run}/notes")) {
            return JsonObject.of("note", "Canary").canonical();
        }
        if (path.endsWith("/{token}/rotation")) {
            return JsonObject.of("life", "1d", "overlap", "1h").canonical();
        }
        return JsonObject.of().canonical();
    }

    /** The one that the workspace has: to rename it so changes nothing. */
    private String name() throws CollectException {
        if (name.isEmpty()) {
            Answer answer = canary.send(member.credentials(), "GET", member.path());
            canary.expect(200, answer, "Reading the workspace of a canary");
            name = Canary.text(answer, "name");
        }
        return name;
    }

    void did(Route route, Answer answer) {
        if (answer.status() == 201 && route.template().endsWith("/ping-keys")) {
            keys.add(Canary.text(answer, "id"));
        }
        if (answer.status() == 201 && route.template().equals(CHECKS)) {
            checks.add(Canary.text(answer, "uuid"));
        }
        if (answer.status() == 201 && route.template().endsWith("/invitations")) {
            invitations.add(Canary.text(answer, "id"));
        }
    }

    void undo() throws CollectException {
        for (String invitation : invitations) {
            canary.send(member.credentials(), "DELETE", member.path() + "/invitations/" + invitation);
        }
        for (String key : keys) {
            canary.send(member.credentials(), "DELETE", member.path() + "/ping-keys/" + key);
        }
        if (!checks.isEmpty()) {
            String token = member.token(List.of("monitors:change"), "1h").text();
            for (String check : checks) {
                canary.program(token, "DELETE", CHECKS + check, new byte[0]);
            }
        }
        for (String address : invited) {
            service.mailbox().discard(address);
        }
    }
}
