package dev.averment.checks.authenticationevents;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.Member;
import dev.averment.checks.signin.OneTimeCodes;
import dev.averment.checks.signin.SoftwarePasskey;
import dev.averment.checks.target.FactorService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import java.time.InstantSource;
import java.util.List;

/**
 * What second factors and tokens for programs leave: one person with an authenticator app and a token, and an operator with a
 * passkey and recovery codes. Two, because codes of one account are limited to a few.
 */
final class CausedByFactors {
    /** No limit on codes of six digits that is worth the name lets so many through. */
    private static final int MOST_TRIES = 30;

    private final FactorService service;
    private final WorkspaceService workspaces;
    private final InstantSource clock;
    private final Tally tally;

    CausedByFactors(FactorService service, WorkspaceService workspaces, InstantSource clock, Tally tally) {
        this.service = service;
        this.workspaces = workspaces;
        this.clock = clock;
        this.tally = tally;
    }

    /** Notes what making {@code canary} left. */
    private void made(Canary canary) throws CollectException {
        tally.left("signed_up");
        tally.left("address_verified");
        tally.person(canary);
        tally.secret("a mailed code", canary.code());
    }

    private Credentials opened(Canary canary, Answer answer) throws CollectException {
        Credentials credentials = canary.granted(answer)
                .orElseThrow(() -> new CollectException(
                        "A good second factor was refused, so that not every outcome could be caused; see what the check totp"
                                + " says, and whether the clocks of this machine and the service agree."));
        tally.left("signed_in");
        if (!Canary.text(answer, "demanded").isEmpty()) {
            tally.left("operator_factor_missing");
        }
        return tally.kept(credentials);
    }

    private String ticket(Factors steps) throws CollectException {
        String ticket = steps.ticket();
        tally.left("factor_asked");
        tally.secret("a ticket", ticket);
        return ticket;
    }

    /** The life of somebody with an app. */
    void app(Canary canary) throws CollectException {
        made(canary);
        Credentials session = tally.kept(canary.signedIn());
        tally.left("signed_in");
        token(canary, session);
        var steps = new Factors(service, canary, clock);
        OneTimeCodes app = steps.begin(session);
        tally.left("factor_offered");
        tally.secret("a seed", app.text());
        tally.step(canary, 401, steps.confirm(session, app.wrong()), "factor_enrolment_refused");
        String first = app.code(0);
        tally.step(canary, 204, steps.confirm(session, first), "factor_enrolled");
        String ticket = ticket(steps);
        tally.step(canary, 401, steps.show(ticket, "totp", first), "factor_replayed");
        tally.step(canary, 401, steps.show(ticket, "totp", app.wrong()), "factor_refused");
        Answer accepted = tally.step(canary, 200, steps.show(ticket, "totp", app.code(1)), "factor_accepted");
        Credentials second = opened(canary, accepted);
        tally.step(canary, 400, steps.show(ticket, "totp", app.wrong()), "factor_ticket_refused");
        limited(canary, steps, app);
        tally.step(canary, 204, canary.send(second, "DELETE", service.paths().totp()), "factor_removed");
    }

    private void limited(Canary canary, Factors steps, OneTimeCodes app) throws CollectException {
        String ticket = ticket(steps);
        for (int i = 0; i < MOST_TRIES; i++) {
            Answer answer = steps.show(ticket, "totp", app.wrong());
            if (answer.status() == 429) {
                tally.left("factor_limited");
                return;
            }
            tally.step(canary, 401, answer, "factor_refused");
        }
    }

    private void token(Canary canary, Credentials session) throws CollectException {
        Member member = Member.of(canary, session, workspaces, workspaces.otherWorkspace());
        Member.Token token = member.token(List.of("workspace:read"), "1h");
        tally.left("api_token_made");
        tally.secret("a token for programs", token.text());
        tally.step(
                canary,
                204,
                canary.send(session, "DELETE", member.path() + "/tokens/" + token.id()),
                "api_token_revoked");
        tally.step(canary, 401, canary.program(token.text(), "GET", member.path(), new byte[0]), "api_token_refused");
    }

    /**
     * The life of an operator with a passkey.
     *
     * @return whether the page demands a factor of operators: if it does not, none can be missing
     */
    boolean passkey(Canary canary) throws CollectException {
        made(canary);
        service.promote(canary.address());
        Answer password = canary.knock();
        boolean demanded = !Canary.text(password, "demanded").isEmpty();
        Credentials session = opened(canary, password);
        var steps = new Factors(service, canary, clock);
        var passkey = new SoftwarePasskey(canary.visitor().web().base());
        Factors.Options options = steps.options(session);
        tally.step(
                canary,
                422,
                steps.enrol(
                        session,
                        passkey.enrolled("Canary", options.challenge(), options.user(), "https://elsewhere.invalid")),
                "passkey_enrolment_refused");
        String id = steps.enrol(session, passkey);
        tally.left("passkey_enrolled");
        List<String> codes = steps.recoveryCodes(session);
        tally.left("recovery_codes_made");
        codes.forEach(code -> tally.secret("a recovery code", code));
        Answer recovered = tally.step(
                canary, 200, steps.show(ticket(steps), "recovery-code", codes.getFirst()), "recovery_code_used");
        opened(canary, recovered);
        Answer signed = tally.step(canary, 200, steps.signIn(passkey.signed(steps.challenge())), "passkey_accepted");
        opened(canary, signed);
        tally.step(canary, 422, steps.signIn(passkey.signedWrongly(steps.challenge())), "passkey_refused");
        tally.step(canary, 422, steps.signIn(passkey.signedByCopy(steps.challenge())), "passkey_counter_regressed");
        tally.step(
                canary, 204, canary.send(session, "DELETE", service.paths().passkeys() + "/" + id), "passkey_removed");
        return demanded;
    }
}
