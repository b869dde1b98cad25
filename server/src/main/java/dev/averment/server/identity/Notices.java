package dev.averment.server.identity;

import dev.averment.server.outbound.Mail;
import dev.averment.server.outbound.MailOutbox;
import java.net.URI;
import java.time.Duration;

/**
 * Mail about an account. Links bear their token behind a #, which browsers send to no server, so that it gets into no log
 * and no referrer; without scripts the same token can be copied from the mail into the page's form.
 */
public final class Notices {
    private final MailOutbox outbox;
    private final URI base;

    /** @param base address under which people reach the server: never taken from a request, which anybody can write */
    public Notices(MailOutbox outbox, URI base) {
        this.outbox = outbox;
        this.base = base;
    }

    void verifyAddress(String to, String token, Duration life) {
        link(
                to,
                "Confirm your address",
                "Somebody, probably you, has made an account with this address.",
                "verify",
                token,
                life,
                "If it was not you, do nothing: without this the account can't be used.");
    }

    void signUpRepeated(String to) {
        send(to, "You already have an account", """
                Somebody, probably you, tried to make an account with this address. You have one already:

                  %s/sign-in

                If you don't know its password any more, ask there for a new one. If it was not you, do nothing: nothing
                has changed.
                """.formatted(base));
    }

    void resetPassword(String to, String token, Duration life) {
        link(
                to,
                "Choose a new password",
                "Somebody, probably you, has asked for a new password.",
                "reset",
                token,
                life,
                "If it was not you, do nothing: your password stays as it is.");
    }

    void confirmAddress(String to, String token, Duration life) {
        link(
                to,
                "Confirm your new address",
                "You have asked to use this address for your account.",
                "confirm-address",
                token,
                life,
                "If it was not you, do nothing: the account keeps its address.");
    }

    void invitation(String to, String code, Duration life) {
        link(
                to,
                "You are asked into a workspace",
                "Somebody has asked you into a workspace.",
                "join",
                code,
                life,
                "You need an account with this address. If you don't know who asks, do nothing.");
    }

    void workspaceDeleted(String to, String name) {
        send(to, "A workspace was deleted", """
                An owner deleted the workspace "%s". Nobody is in it any more, and no program's token opens it. Your account
                and your other workspaces are as they were; packets that you downloaded go on verifying.
                """.formatted(name));
    }

    /** @param provider with which the account was made */
    void signedUpWith(String to, String provider) {
        send(to, "You have an account", """
                An account with this address was made, for whoever signs in with it at %s. It has no password; whoever wants
                one asks for it here:

                  %s/reset

                If it was not you, secure your account at %s: somebody else can sign in there.
                """.formatted(provider, base, provider));
    }

    /** @param what one sentence in the past tense, such as "The password of your account was changed." */
    public void changed(String to, String what) {
        send(to, "Something about your account has changed", """
                %s

                If it was you, there is nothing to do. If not, choose a new password now, which also signs out everybody
                else:

                  %s/reset
                """.formatted(what, base));
    }

    private void link(
            String to, String subject, String why, String page, String token, Duration life, String otherwise) {
        send(to, subject, """
                %s

                Open this link within %s:

                  %s/%s#%s

                or open %s/%s and paste this code:

                  %s

                %s
                """.formatted(why, inWords(life), base, page, token, base, page, token, otherwise));
    }

    private static String inWords(Duration life) {
        return life.toDays() > 1
                ? life.toDays() + " days"
                : life.toHours() > 1 ? life.toHours() + " hours" : life.toMinutes() + " minutes";
    }

    private void send(String to, String subject, String text) {
        outbox.put(new Mail(to, subject, text));
    }
}
