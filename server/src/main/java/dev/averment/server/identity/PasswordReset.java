package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.account.MailedTokens.Purpose;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.StoredHash;
import dev.averment.server.identity.provider.Links;
import dev.averment.server.identity.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A new password for somebody who forgot it. It ends every session, it signs nobody in, and a second factor stays what it
 * was: whoever reads the mailbox alone does not get past it (ASVS 6.4.3).
 */
public final class PasswordReset {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final MailedTokens tokens;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;
    private final Factors factors;
    private final Links links;
    private final UnaryOperator<String> linkedWith;

    /** @param linkedWith name of the provider that bears an issuer's address */
    public PasswordReset(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices,
            Factors factors,
            Links links,
            UnaryOperator<String> linkedWith) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.rules = rules;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
        this.factors = factors;
        this.links = links;
        this.linkedWith = linkedWith;
    }

    /** Mails a link, if the address has an account; the answer is the same if it has none. */
    public Outcome<Boolean> request(String typedAddress, Client client) {
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        if (address.isEmpty()) {
            return Outcome.refused(Inputs.BAD_ADDRESS);
        }
        Optional<IdentityLimits.Wait> wait = limits.mail(address.get().text(), client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        return transactions.in(jdbc -> {
            Optional<Account> account = accounts.byAddress(jdbc, address.get()).filter(a -> !a.disabled());
            if (account.isEmpty()) {
                events.record(jdbc, AuthOutcome.RESET_UNKNOWN, new Who(null, null, client.address()));
                return Outcome.done(true);
            }
            accounts.locked(jdbc, account.get().id());
            String token = tokens.make(
                    jdbc,
                    account.get().id(),
                    Purpose.RESET_PASSWORD,
                    account.get().email());
            events.record(
                    jdbc, AuthOutcome.RESET_REQUESTED, new Who(account.get().id(), null, client.address()));
            notices.resetPassword(account.get().email(), token, Purpose.RESET_PASSWORD.life());
            return Outcome.done(true);
        });
    }

    /**
     * Sets the password that goes with a mailed code. The password is looked at before the code is used up, so that one that
     * is refused does not cost the person a second mail.
     */
    public Outcome<Boolean> confirm(String token, String password, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.mailedToken(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        Optional<Account> asking =
                transactions.in(jdbc -> account(jdbc, tokens.peek(jdbc, token, Purpose.RESET_PASSWORD)));
        if (asking.isEmpty()) {
            return refuse(client);
        }
        boolean secondFactor =
                transactions.in(jdbc -> factors.any(jdbc, asking.get().id()));
        Optional<PasswordRules.Refusal> bad = rules.refusal(
                password, List.of(asking.get().email(), asking.get().name()), secondFactor);
        if (bad.isPresent()) {
            return Outcome.refused(
                    new Refusal.Invalid(bad.get().slug(), bad.get().message()));
        }
        Optional<StoredHash> hash = passwords.hash(password);
        if (hash.isEmpty()) {
            return Outcome.refused(new Refusal.Overloaded());
        }
        boolean done = transactions.in(jdbc -> {
            // The account first, then the code: in this order everybody waits for everybody else.
            accounts.locked(jdbc, asking.get().id());
            Optional<Account> account = account(jdbc, tokens.use(jdbc, token, Purpose.RESET_PASSWORD));
            boolean needsFactor = PasswordRules.needsFactor(password);
            if (account.isEmpty()
                    || (needsFactor && !factors.any(jdbc, account.get().id()))) {
                return false;
            }
            accounts.setPassword(jdbc, account.get().id(), hash.get(), needsFactor);
            // The mail arrived: that is all that a confirmation of the address shows.
            accounts.verified(jdbc, account.get().id());
            tokens.forgetAll(jdbc, account.get().id());
            sessions.endAll(jdbc, account.get().id(), "password-reset");
            events.record(
                    jdbc,
                    AuthOutcome.PASSWORD_RESET,
                    new Who(account.get().id(), null, client.address()),
                    JsonObject.of("scheme", hash.get().scheme().word()));
            notices.changed(
                    account.get().email(),
                    "The password of your account was reset through a mailed link."
                            + stillThere(jdbc, account.get().id()));
            return true;
        });
        return done ? Outcome.done(true) : refuse(client);
    }

    /** A new password takes nothing away from whoever is linked: the person should know who that is. */
    private String stillThere(JdbcClient jdbc, UUID account) {
        String names = links.of(jdbc, account).stream()
                .map(link -> linkedWith.apply(link.issuer()))
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? ""
                : " These can still sign in to it: " + names
                        + ". Remove in the settings of your account, under security, what is not yours.";
    }

    /** Whose code it is; empty when the account can't be used, or has another address by now. */
    private Optional<Account> account(JdbcClient jdbc, Optional<MailedTokens.Used> code) {
        return code.flatMap(c -> accounts.byId(jdbc, c.account())
                .filter(a -> !a.disabled() && a.email().equals(c.address())));
    }

    private Outcome<Boolean> refuse(Client client) {
        transactions.in(jdbc -> {
            events.record(jdbc, AuthOutcome.MAILED_TOKEN_REFUSED, new Who(null, null, client.address()));
            return true;
        });
        return Outcome.refused(new Refusal.BadToken());
    }
}
