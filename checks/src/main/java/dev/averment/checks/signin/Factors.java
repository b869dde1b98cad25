package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.FactorService.FactorPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** How a canary enrols second factors and shows them. */
public final class Factors {
    private final Canary canary;
    private final FactorPaths paths;
    private final InstantSource clock;

    public Factors(FactorService service, Canary canary, InstantSource clock) {
        this.canary = canary;
        this.paths = service.paths();
        this.clock = clock;
    }

    /** What the service shows of its second factors. */
    public static FactorService of(SignInService service) throws CollectException {
        return service.factors()
                .orElseThrow(
                        () -> new CollectException("The target shows nothing of second factors and operators, which"
                                + " this check looks at; it holds on this server only."));
    }

    /** An app that waits for its first code. */
    public OneTimeCodes begin(Credentials credentials) throws CollectException {
        Answer answer = canary.send(credentials, "POST", paths.totp());
        canary.expect(201, answer, "Beginning to enrol an authenticator app");
        return OneTimeCodes.of(Canary.text(answer, "secret"), clock);
    }

    public Answer confirm(Credentials credentials, String code) throws CollectException {
        return canary.send(credentials, "POST", paths.confirmTotp(), "code", code);
    }

    /** An app in use; the code of the present step is used up. */
    public OneTimeCodes enrolApp(Credentials credentials) throws CollectException {
        OneTimeCodes app = begin(credentials);
        canary.expect(204, confirm(credentials, app.code(0)), "Confirming an authenticator app by its present code");
        return app;
    }

    public List<String> recoveryCodes(Credentials credentials) throws CollectException {
        Answer answer = canary.send(credentials, "POST", paths.recoveryCodes());
        canary.expect(201, answer, "Making recovery codes");
        try {
            return Json.parseObject(answer.body()).array("codes").strings();
        } catch (JsonException e) {
            throw new CollectException("Recovery codes came in another form than a list: " + e.getMessage(), e);
        }
    }

    /** What the password gives that wants a second factor beside it. */
    public String ticket() throws CollectException {
        Answer answer = canary.knock();
        canary.expect(200, answer, "Signing in with the password of an account with a second factor");
        String ticket = Canary.text(answer, "ticket");
        if (ticket.isEmpty()) {
            throw new CollectException(
                    "Signing in did not ask for the second factor that the account has, so that nothing can"
                            + " be said of codes; see who can sign in without one.");
        }
        return ticket;
    }

    /** @param method {@code totp} or {@code recovery-code} */
    public Answer show(String ticket, String method, String code) throws CollectException {
        return canary.post(paths.secondFactor(), "ticket", ticket, "method", method, "code", code);
    }

    /** Options for enrolling a passkey: its challenge, and the id of whom it will be. */
    public record Options(String challenge, String user) {}

    public Options options(Credentials credentials) throws CollectException {
        Answer answer = canary.send(credentials, "POST", paths.passkeyOptions());
        canary.expect(200, answer, "Asking for the enrolment of a passkey");
        try {
            return new Options(
                    Canary.text(answer, "challenge"),
                    Json.parseObject(answer.body()).object("user").string("id"));
        } catch (JsonException e) {
            throw new CollectException(
                    "The options for enrolling a passkey are not in the form that browsers take: " + e.getMessage(), e);
        }
    }

    public Answer enrol(Credentials credentials, JsonObject enrolled) throws CollectException {
        return canary.send(credentials, "POST", paths.passkeys(), enrolled);
    }

    /** Enrols {@code passkey} and gives the id under which the service lists it. */
    public String enrol(Credentials credentials, SoftwarePasskey passkey) throws CollectException {
        Options options = options(credentials);
        Answer answer = enrol(credentials, passkey.enrolled("Canary", options.challenge(), options.user()));
        canary.expect(201, answer, "Enrolling a passkey");
        return Canary.text(answer, "id");
    }

    /** A challenge for signing in by a passkey alone. */
    public String challenge() throws CollectException {
        Answer answer = canary.post(paths.signInOptions(), JsonObject.of());
        canary.expect(200, answer, "Asking to sign in by a passkey");
        return Canary.text(answer, "challenge");
    }

    public Answer signIn(JsonObject signed) throws CollectException {
        return canary.post(paths.signInByPasskey(), signed);
    }
}
