package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AccountRecords;
import dev.averment.checks.target.SignInService.Visitor;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who is made for one look: with an address under a domain that no mail leaves for, a random password, and an
 * account that is deleted when the look is over, however it ended.
 */
public final class Canary implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Canary.class);

    /** Of bcrypt: the least that there is. */
    public static final int WEAK_COST = 4;

    private final SignInService service;
    private final SignInPaths paths;
    private final Visitor visitor;
    private final boolean guest;
    private final List<String> addresses = new ArrayList<>();
    private final List<String> joined = new ArrayList<>();
    private String password = newPassword();
    private @Nullable Credentials last;

    private Canary(SignInService service, Visitor visitor, boolean guest) {
        this.service = service;
        this.paths = service.paths();
        this.visitor = visitor;
        this.guest = guest;
        addresses.add(service.newAddress());
    }

    /** Somebody without an account. */
    public static Canary stranger(SignInService service) throws CollectException {
        return new Canary(service, service.visitor(), false);
    }

    /** Somebody with an account whose address is confirmed. */
    public static Canary confirmed(SignInService service) throws CollectException {
        return settled(new Canary(service, service.visitor(), false));
    }

    /** Somebody like {@link #confirmed}, who comes from the same machine as {@code other} and must be gone before. */
    public static Canary beside(Canary other) throws CollectException {
        return settled(new Canary(other.service, other.visitor, true));
    }

    /** Somebody like {@link #beside} who has signed up and never opened the mail that came of it. */
    public static Canary unconfirmed(Canary other) throws CollectException {
        Canary canary = new Canary(other.service, other.visitor, true);
        try {
            canary.expect(202, canary.signUp(), "Signing up a canary account");
            return canary;
        } catch (CollectException e) {
            canary.close();
            throw e;
        }
    }

    private static Canary settled(Canary canary) throws CollectException {
        try {
            canary.expect(202, canary.signUp(), "Signing up a canary account");
            canary.expect(
                    204,
                    canary.post(canary.paths.verify(), "code", canary.code()),
                    "Confirming the address of a canary account");
            return canary;
        } catch (CollectException e) {
            canary.close();
            throw e;
        }
    }

    /** A random one that no rule about passwords should refuse. */
    public static String newPassword() {
        return "canary " + UUID.randomUUID();
    }

    public String address() {
        return addresses.getLast();
    }

    public String password() {
        return password;
    }

    /** Every address that it had. */
    public List<String> addresses() {
        return List.copyOf(addresses);
    }

    public Visitor visitor() {
        return visitor;
    }

    /** From now on it has this password. */
    public void changedPassword(String other) {
        password = other;
    }

    /** From now on it has this address. */
    public void changedAddress(String other) {
        addresses.add(other);
    }

    /**
     * Puts a hash of the right password in place that costs hardly anything, as a database from long ago might hold it: wrong
     * passwords are compared with it in no time, and signing in replaces it.
     *
     * @return false when the target gives no way to do so
     */
    public boolean weakenStoredPassword() throws CollectException {
        Optional<AccountRecords> records = service.records();
        if (records.isEmpty()) {
            return false;
        }
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        records.get()
                .replaceStoredPassword(
                        address(),
                        OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), salt, WEAK_COST));
        return true;
    }

    public Answer signUp() throws CollectException {
        return post(paths.signUp(), "email", address(), "name", "Canary", "password", password);
    }

    /** The code of the newest mail. */
    public String code() throws CollectException {
        return code(address());
    }

    /** The code of the newest mail to {@code address}. */
    public String code(String address) throws CollectException {
        return service.mailbox()
                .newestCode(address)
                .orElseThrow(() -> new CollectException(
                        "No mail with a code came for a canary account; see that the mailbox of the target is the one that the"
                                + " service sends to."));
    }

    /** Signs in; empty when that was refused. */
    public Optional<Credentials> signIn() throws CollectException {
        return credentials(knock());
    }

    /** Shows the password, whatever comes of it. */
    public Answer knock() throws CollectException {
        return post(paths.signIn(), "email", address(), "password", password);
    }

    /** @throws CollectException when it was refused */
    public Credentials signedIn() throws CollectException {
        Answer answer = knock();
        return credentials(answer).orElseThrow(() -> unexpected(200, answer, "Signing in with a canary account"));
    }

    /** Exchanges the cookies for new credentials; empty when that was refused. */
    public Optional<Credentials> refresh(Credentials credentials) throws CollectException {
        return refresh(visitor.web(), credentials);
    }

    public Optional<Credentials> refresh(Web server, Credentials credentials) throws CollectException {
        return credentials(
                send(server, "POST", paths.refresh(), Map.of("Cookie", credentials.cookieHeader()), new byte[0]));
    }

    private Optional<Credentials> credentials(Answer answer) throws CollectException {
        if (answer.status() == 429 || answer.status() == 503) {
            throw unexpected(200, answer, "Signing in with a canary account");
        }
        if (answer.status() != 200 || text(answer, "accessToken").isEmpty()) {
            return Optional.empty();
        }
        List<SetCookie> cookies = SetCookie.of(answer.headers().allValues("set-cookie")).stream()
                .filter(cookie -> !cookie.clears())
                .toList();
        var granted = new Credentials(text(answer, "accessToken"), text(answer, "session"), cookies);
        last = granted;
        return Optional.of(granted);
    }

    /** Keeps what an answer grants; empty when it was refused. */
    public Optional<Credentials> granted(Answer answer) throws CollectException {
        return credentials(answer);
    }

    /** Id of the account. */
    public String id(Credentials credentials) throws CollectException {
        Answer answer = send(credentials, "GET", paths.account());
        expect(200, answer, "Reading the account of a canary");
        return text(answer, "id");
    }

    /** Becomes a member of a workspace made for checks; it leaves when the look is over. */
    public void join(WorkspaceService workspaces, String workspace, String role) throws CollectException {
        joined.add(workspace);
        workspaces.join(workspace, address(), role);
    }

    /** True when the access token opens the account on {@code server}. */
    public boolean opens(Web server, Credentials credentials) throws CollectException {
        return send(server, "GET", paths.account(), bearer(credentials), new byte[0])
                        .status()
                == 200;
    }

    public boolean opens(Credentials credentials) throws CollectException {
        return opens(visitor.web(), credentials);
    }

    /** True when the cookies alone open the account on {@code server}. */
    public boolean cookiesOpen(Web server, Credentials credentials) throws CollectException {
        return send(server, "GET", paths.account(), Map.of("Cookie", credentials.cookieHeader()), new byte[0])
                        .status()
                == 200;
    }

    /** Posts an object of these members as nobody. */
    public Answer post(String path, String... members) throws CollectException {
        return send(visitor.web(), "POST", path, Map.of(), object(members));
    }

    /** Posts as nobody, with further headers. */
    public Answer post(Map<String, String> headers, String path, String... members) throws CollectException {
        return send(visitor.web(), "POST", path, headers, object(members));
    }

    /** Sends an object of these members with the access token. */
    public Answer send(Credentials credentials, String method, String path, String... members) throws CollectException {
        return send(
                visitor.web(), method, path, bearer(credentials), members.length == 0 ? new byte[0] : object(members));
    }

    /** Posts an object as nobody. */
    public Answer post(String path, JsonObject body) throws CollectException {
        return send(visitor.web(), "POST", path, Map.of(), body.canonical());
    }

    /** Sends an object with the access token. */
    public Answer send(Credentials credentials, String method, String path, JsonObject body) throws CollectException {
        return send(visitor.web(), method, path, bearer(credentials), body.canonical());
    }

    /** Posts the fields of a form with the access token, as a page of the service's own would. */
    public Answer form(Credentials credentials, String path, Map<String, String> fields) throws CollectException {
        Map<String, String> headers = new HashMap<>(bearer(credentials));
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Sec-Fetch-Site", "same-origin");
        String body = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return WebFetch.send(
                visitor.web(), visitor.web().base(), "POST", path, headers, body.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends as a program with this token; an empty body is none. */
    public Answer program(String token, String method, String path, byte[] body) throws CollectException {
        return send(visitor.web(), method, path, Map.of("Authorization", "Bearer " + token), body);
    }

    private static byte[] object(String... members) {
        return JsonObject.of((Object[]) members).canonical();
    }

    private static Map<String, String> bearer(Credentials credentials) {
        return Map.of("Authorization", "Bearer " + credentials.accessToken());
    }

    private static Answer send(Web server, String method, String path, Map<String, String> headers, byte[] body)
            throws CollectException {
        Map<String, String> all = new HashMap<>(headers);
        if (body.length > 0) {
            all.put("Content-Type", "application/json");
        }
        return WebFetch.send(server, server.base(), method, path, all, body);
    }

    /** @throws CollectException when the answer has another status */
    public void expect(int status, Answer answer, String what) throws CollectException {
        if (answer.status() != status) {
            throw unexpected(status, answer, what);
        }
    }

    private static CollectException unexpected(int status, Answer answer, String what) {
        String then = switch (answer.status()) {
            case 429 -> "the service limits it, so run the check again later.";
            case 503 -> "the service has no room for it, so run the check again later.";
            default -> "see that the paths of the target's sign-in are right.";
        };
        return new CollectException(
                what + " was answered with status " + answer.status() + " instead of " + status + "; " + then);
    }

    /** The member as text; empty when the answer has none. */
    public static String text(Answer answer, String member) {
        try {
            return Json.parseObject(answer.body()).optionalString(member).orElse("");
        } catch (JsonException e) {
            return "";
        }
    }

    /** Deletes the account as a person would; where the service won't, the row goes, and with it all that hangs on it. */
    @Override
    public void close() {
        // A look that was given up is interrupted, and interrupted threads can speak to nobody: first clean up.
        boolean interrupted = Thread.interrupted();
        joined.forEach(this::leave);
        try {
            if (!deleted(last) && !deleted(signIn().orElse(null))) {
                log.debug("a canary account would not be deleted by the service");
            }
        } catch (CollectException e) {
            log.debug("a canary account could not delete itself: {}", e.getMessage());
        } finally {
            for (String address : addresses) {
                remove(address);
            }
            if (!guest) {
                visitor.close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void leave(String workspace) {
        try {
            Optional<WorkspaceService> workspaces = service.workspaces();
            if (workspaces.isPresent()) {
                workspaces.get().leave(workspace, address());
            }
        } catch (CollectException e) {
            log.warn("a canary account may be left behind in its workspace: {}", e.getMessage());
        }
    }

    private boolean deleted(@Nullable Credentials credentials) {
        try {
            if (credentials == null) {
                return false;
            }
            Answer answer = send(credentials, "DELETE", paths.account());
            if (answer.status() == 409) {
                endWorkspaces(credentials);
                answer = send(credentials, "DELETE", paths.account());
            }
            return answer.status() == 204;
        } catch (CollectException | JsonException e) {
            return false;
        }
    }

    /** A service that keeps whoever would leave a workspace without an owner lets go when what the canary founded has ended. */
    private void endWorkspaces(Credentials credentials) throws CollectException, JsonException {
        Optional<WorkspaceService> workspaces = service.workspaces();
        if (workspaces.isEmpty()) {
            return;
        }
        WorkspaceService shared = workspaces.get();
        JsonObject mine =
                Json.parseObject(send(credentials, "GET", shared.path()).body());
        for (JsonObject each : mine.array("workspaces").objects()) {
            String id = each.string("id");
            if (each.string("role").equals("owner")
                    && !Set.of(shared.workspace(), shared.otherWorkspace()).contains(id)) {
                send(credentials, "POST", shared.path() + "/" + id + "/deletion", "name", each.string("name"));
            }
        }
    }

    private void remove(String address) {
        try {
            Optional<AccountRecords> records = service.records();
            if (records.isPresent()) {
                records.get().delete(address);
            }
        } catch (CollectException e) {
            log.warn("a canary account may be left behind: {}", e.getMessage());
        }
        try {
            service.mailbox().discard(address);
        } catch (CollectException e) {
            log.warn("mail to a canary account may be left behind: {}", e.getMessage());
        }
    }
}
