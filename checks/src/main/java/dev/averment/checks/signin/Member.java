package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** A canary in a workspace made for checks, and the tokens that it makes there. */
public final class Member {
    private final Canary canary;
    private final Credentials credentials;
    private final String path;

    /** A token for programs. */
    public record Token(String id, String text, String expires) {
        @Override
        public String toString() {
            return "a token";
        }
    }

    private Member(Canary canary, Credentials credentials, String path) {
        this.canary = canary;
        this.credentials = credentials;
        this.path = path;
    }

    /** Joins {@code canary}, who is signed in, to {@code workspace}, as an owner: whoever may do everything there. */
    public static Member of(Canary canary, Credentials credentials, WorkspaceService workspaces, String workspace)
            throws CollectException {
        return of(canary, credentials, workspaces, workspace, "owner");
    }

    /**
     * Like {@link #of(Canary, Credentials, WorkspaceService, String)}, in another role. Incidents that open by themselves go to
     * an owner: whoever must have nothing but what it made itself joins as an admin.
     */
    public static Member of(
            Canary canary, Credentials credentials, WorkspaceService workspaces, String workspace, String role)
            throws CollectException {
        canary.join(workspaces, workspace, role);
        return new Member(canary, credentials, workspaces.path() + "/" + workspace);
    }

    /** What the service shows of its workspaces. */
    public static WorkspaceService workspaces(SignInService service) throws CollectException {
        return service.workspaces()
                .orElseThrow(() -> new CollectException("The target shows no workspaces and tokens for programs, which"
                        + " this check acts in and looks at; it holds on this server only."));
    }

    public Canary canary() {
        return canary;
    }

    public Credentials credentials() {
        return credentials;
    }

    /** Path of the workspace. */
    public String path() {
        return path;
    }

    /** @param life such as {@code 90d} */
    public Token token(List<String> scopes, String life) throws CollectException {
        Answer answer = canary.send(
                credentials,
                "POST",
                path + "/tokens",
                JsonObject.of("name", "Canary " + UUID.randomUUID(), "scopes", scopes, "life", life));
        canary.expect(201, answer, "Making a token for programs");
        return new Token(Canary.text(answer, "id"), Canary.text(answer, "token"), Canary.text(answer, "expires"));
    }
}
