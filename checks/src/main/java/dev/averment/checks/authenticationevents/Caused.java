package dev.averment.checks.authenticationevents;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;

/** One person's whole life with a service, each step with the outcome that it must have left. */
final class Caused {
    /** No limit on signing in that is worth the name lets so many through. */
    private static final int MOST_TRIES = 60;

    private final SignInService service;
    private final SignInPaths paths;
    private final Canary canary;
    private final Tally tally;

    Caused(SignInService service, Canary canary, Tally tally) {
        this.service = service;
        this.tally = tally;
        this.paths = service.paths();
        this.canary = canary;
    }

    private void left(String outcome) {
        tally.left(outcome);
    }

    private void step(int status, Answer answer, String outcome) throws CollectException {
        tally.step(canary, status, answer, outcome);
    }

    private void secret(String what, String text) {
        tally.secret(what, text);
    }

    private String code(String address) throws CollectException {
        String code = canary.code(address);
        secret("a mailed code", code);
        return code;
    }

    private Credentials signedIn() throws CollectException {
        Credentials credentials = tally.kept(canary.signedIn());
        left("signed_in");
        return credentials;
    }

    private String newPassword() {
        String password = Canary.newPassword();
        secret("a password", password);
        return password;
    }

    /** Causes them all, in an order that costs few password hashes. */
    void all() throws CollectException {
        tally.person(canary);
        canary.visitor().address().ifPresent(address -> secret("an address of a client", address));
        signUp();
        signIns();
        endings();
        reset();
        settings();
    }

    private void signUp() throws CollectException {
        step(202, canary.signUp(), "signed_up");
        step(
                403,
                canary.post(paths.signIn(), "email", canary.address(), "password", canary.password()),
                "sign_in_unverified");
        step(202, canary.signUp(), "sign_up_repeated");
        String code = code(canary.address());
        step(204, canary.post(paths.verify(), "code", code), "address_verified");
        step(400, canary.post(paths.verify(), "code", code), "mailed_token_refused");
    }

    private void signIns() throws CollectException {
        boolean weak = canary.weakenStoredPassword();
        step(
                401,
                canary.post(paths.signIn(), "email", canary.address(), "password", newPassword()),
                "sign_in_wrong_password");
        Credentials first = signedIn();
        if (weak) {
            left("password_upgraded");
        }
        refreshing(first);
        String nobody = service.newAddress();
        secret("a mail address", nobody);
        step(401, canary.post(paths.signIn(), "email", nobody, "password", newPassword()), "sign_in_unknown");
    }

    private void refreshing(Credentials first) throws CollectException {
        Credentials second = refreshed(first);
        canary.opens(second);
        Credentials third = refreshed(second);
        refused(first, "refresh_reused");
        refused(third, "refresh_refused");
    }

    private Credentials refreshed(Credentials credentials) throws CollectException {
        Credentials next = tally.kept(canary.refresh(credentials)
                .orElseThrow(() -> new CollectException(
                        "A new refresh token was refused, so that not every outcome could be caused; see what the check"
                                + " refresh-tokens says.")));
        left("session_refreshed");
        return next;
    }

    private void refused(Credentials credentials, String outcome) throws CollectException {
        if (canary.refresh(credentials).isPresent()) {
            throw new CollectException(
                    "A used refresh token was accepted, so that not every outcome could be caused; see"
                            + " what the check refresh-tokens says.");
        }
        left(outcome);
    }

    private void endings() throws CollectException {
        Credentials one = signedIn();
        Credentials other = signedIn();
        step(204, canary.send(one, "DELETE", paths.sessions() + "/" + other.session()), "session_ended");
        step(204, canary.send(one, "POST", paths.signOut()), "signed_out");
        step(204, canary.send(signedIn(), "DELETE", paths.sessions()), "sessions_ended");
    }

    private void reset() throws CollectException {
        step(202, canary.post(paths.reset(), "email", service.newAddress()), "reset_unknown");
        step(202, canary.post(paths.reset(), "email", canary.address()), "reset_requested");
        String wanted = newPassword();
        step(
                204,
                canary.post(paths.confirmReset(), "code", code(canary.address()), "password", wanted),
                "password_reset");
        canary.changedPassword(wanted);
    }

    private void settings() throws CollectException {
        Credentials session = signedIn();
        canary.weakenStoredPassword();
        step(401, canary.send(session, "POST", paths.proof(), "password", newPassword()), "proof_refused");
        step(204, canary.send(session, "POST", paths.proof(), "password", canary.password()), "proof_repeated");
        step(
                401,
                canary.send(
                        session, "POST", paths.password(), "current", newPassword(), "wanted", Canary.newPassword()),
                "password_change_refused");
        limited();
        String address = service.newAddress();
        secret("a mail address", address);
        step(202, canary.send(session, "POST", paths.address(), "email", address), "address_change_requested");
        step(204, canary.post(paths.confirmAddress(), "code", code(address)), "address_changed");
        canary.changedAddress(address);
        String wanted = newPassword();
        step(
                204,
                canary.send(session, "POST", paths.password(), "current", canary.password(), "wanted", wanted),
                "password_changed");
        canary.changedPassword(wanted);
    }

    /** While the stored hash is a cheap one, where that could be arranged: each try costs a comparison. */
    private void limited() throws CollectException {
        String wrong = newPassword();
        for (int i = 0; i < MOST_TRIES; i++) {
            Answer answer = canary.post(paths.signIn(), "email", canary.address(), "password", wrong);
            if (answer.status() == 429) {
                left("sign_in_limited");
                return;
            }
            step(401, answer, "sign_in_wrong_password");
        }
    }
}
