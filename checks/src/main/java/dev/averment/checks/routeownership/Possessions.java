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
    private final String account;
    private final String invited;

    Possessions(SignInService service, WorkspaceService workspaces, Canary owner, InstantSource clock)
            throws CollectException {
        Credentials credentials = owner.signedIn();
        account = owner.id(credentials);
        Member member = Member.of(owner, credentials, workspaces, workspaces.workspace());
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
        if (service.factors().isPresent()) {
            ids.put(
                    "passkey",
                    new Factors(service.factors().get(), owner, clock)
                            .enrol(
                                    credentials,
                                    new SoftwarePasskey(owner.visitor().web().base())));
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
