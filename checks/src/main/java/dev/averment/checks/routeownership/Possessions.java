package dev.averment.checks.routeownership;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.Member;
import dev.averment.checks.signin.SoftwarePasskey;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.JsonObject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody in a workspace, with one of everything that a route can name. Whoever adds a route that names something new adds a
 * line here: until then the check says that it can't fill the route's ids.
 */
final class Possessions {
    private final Map<String, String> ids = new LinkedHashMap<>();
    /** Paths of what has to be taken away again, and what it is. */
    private final Map<String, String> made = new LinkedHashMap<>();

    private final Canary owner;
    private final Credentials credentials;
    private final String workspace;
    private final String account;
    private final String invited;

    Possessions(SignInService service, WorkspaceService workspaces, Canary owner, InstantSource clock)
            throws CollectException {
        this.owner = owner;
        credentials = owner.signedIn();
        account = owner.id(credentials);
        // Other looks have incidents in this workspace at the same time; those of an owner would pass for changed by
        // the visitor.
        Member member = Member.of(owner, credentials, workspaces, workspaces.workspace(), "admin");
        workspace = member.path();
        ids.put("workspace", workspaces.workspace());
        ids.put("account", account);
        ids.put("session", credentials.session());
        ids.put("token", member.token(List.of("workspace:read"), "1h").id());
        invited = service.newAddress();
        Answer invitation =
                owner.send(credentials, "POST", member.path() + "/invitations", "email", invited, "role", "viewer");
        owner.expect(201, invitation, "Inviting somebody into a workspace");
        ids.put("invitation", Canary.text(invitation, "id"));
        // Providers are the operator's and no record of anybody's: one that there is not stands for them.
        ids.put("provider", "none");
        ids.put("link", workspaces.link(owner.address()));
        Answer incident = owner.send(
                credentials,
                "POST",
                member.path() + "/incidents",
                "title",
                "Canary",
                "severity",
                "P3",
                "owner",
                "",
                "text",
                "Somebody else tries to change this.");
        if (incident.status() == 201) {
            ids.put("incident", Canary.text(incident, "id"));
        }
        watched();
        if (service.factors().isPresent()) {
            ids.put(
                    "passkey",
                    new Factors(service.factors().get(), owner, clock)
                            .enrol(
                                    credentials,
                                    new SoftwarePasskey(owner.visitor().web().base())));
        }
    }

    /** A channel, and a workflow and what belongs to it; who has no routes for them names none. */
    private void watched() throws CollectException {
        made(
                "channel",
                workspace + "/channels",
                owner.send(
                        credentials,
                        "POST",
                        workspace + "/channels",
                        // Messages about what others do here would lie in a mailbox for good.
                        JsonObject.of("kind", "inbox", "name", "Canary", "settings", JsonObject.of())));
        made(
                "key",
                workspace + "/ping-keys",
                owner.send(credentials, "POST", workspace + "/ping-keys", JsonObject.of()));
        // Work that was given up can't be had for the asking: an id of none stands for it.
        ids.put("job", "0");
        Answer monitor = owner.send(
                credentials, "POST", workspace + "/monitors", JsonObject.of("name", "Canary", "everySeconds", 86_400L));
        made("monitor", workspace + "/monitors", monitor);
        if (!ids.containsKey("monitor")) {
            return;
        }
        // As Healthchecks' tools name it: by the end of the address of its pings.
        String pings = Canary.text(monitor, "pingUrl");
        ids.put("uuid", pings.substring(pings.lastIndexOf('/') + 1));
        String path = workspace + "/monitors/" + ids.get("monitor");
        Answer maintenance = owner.send(
                credentials,
                "POST",
                path + "/maintenance",
                JsonObject.of("from", "2099-01-01T00:00:00Z", "to", "2099-01-02T00:00:00Z", "reason", "Canary"));
        if (maintenance.status() == 201) {
            ids.put("maintenance", Canary.text(maintenance, "id"));
        }
        // A run would change by itself while others try: an id of none stands for it, below a workflow that there is.
        ids.put("run", "00000000-0000-7000-8000-000000000000");
    }

    /** Takes away what does not go with the owner's account. */
    void close() throws CollectException {
        for (var each : made.entrySet()) {
            owner.send(credentials, "DELETE", each.getKey());
        }
        if (ids.containsKey("incident")) {
            String incident = workspace + "/incidents/" + ids.get("incident");
            owner.send(credentials, "POST", incident + "/resolve", "reason", "Canary");
            owner.send(credentials, "POST", incident + "/close");
        }
    }

    private void made(String variable, String path, Answer answer) {
        if (answer.status() == 201) {
            ids.put(variable, Canary.text(answer, "id"));
            made.put(path + "/" + ids.get(variable), variable);
        }
    }

    /** By the names that routes give their variables. */
    Map<String, String> ids() {
        return Map.copyOf(ids);
    }

    String account() {
        return account;
    }

    /** Address of the invitation. */
    String invited() {
        return invited;
    }
}
