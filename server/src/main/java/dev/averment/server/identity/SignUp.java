package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.account.MailedTokens.Purpose;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.StoredHash;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes accounts. Whether an address has one already is told to its mailbox and to nobody else: text, status and time of the
 * answer are the same (ASVS 6.3.8).
 */
public final class SignUp {
    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final MailedTokens tokens;
    private final Passwords passwords;
    private final PasswordRules rules;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;

    public SignUp(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Passwords passwords,
            PasswordRules rules,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.passwords = passwords;
        this.rules = rules;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
    }

    /** Makes the account and mails the link that confirms its address, or mails that there is one. */
    public Outcome<Boolean> signUp(String typedAddress, String typedName, String password, Client client) {
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        if (address.isEmpty()) {
            return Outcome.refused(Inputs.BAD_ADDRESS);
        }
        Optional<String> name = Inputs.name(typedName);
        if (name.isEmpty()) {
            return Outcome.refused(Inputs.BAD_NAME);
        }
        Optional<PasswordRules.Refusal> bad =
                rules.refusal(password, List.of(address.get().text(), name.get()), false);
        if (bad.isPresent()) {
            return Outcome.refused(
                    new Refusal.Invalid(bad.get().slug(), bad.get().message()));
        }
        Optional<IdentityLimits.Wait> wait = limits.signUp(address.get().text(), client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        Optional<StoredHash> hash = passwords.hash(password);
        if (hash.isEmpty()) {
            return Outcome.refused(new Refusal.Overloaded());
        }
        return transactions.in(jdbc -> {
            UUID account = UUID.randomUUID();
            var who = new Who(null, null, client.address());
            if (accounts.create(jdbc, account, address.get(), name.get(), hash.get())) {
                String token = tokens.make(
                        jdbc, account, Purpose.VERIFY_ADDRESS, address.get().text());
                events.record(
                        jdbc,
                        AuthOutcome.SIGNED_UP,
                        new Who(account, null, client.address()),
                        JsonObject.of("scheme", hash.get().scheme().word()));
                notices.verifyAddress(address.get().text(), token, Purpose.VERIFY_ADDRESS.life());
            } else {
                events.record(jdbc, AuthOutcome.SIGN_UP_REPEATED, who);
                notices.signUpRepeated(address.get().text());
            }
            return Outcome.done(true);
        });
    }

    /** Confirms the address that a mailed code was sent to. */
    public Outcome<Boolean> verify(String token, Client client) {
        Optional<IdentityLimits.Wait> wait = limits.mailedToken(client);
        if (wait.isPresent()) {
            return Outcome.refused(new Refusal.Limited(wait.get().time()));
        }
        return transactions.in(jdbc -> {
            Optional<MailedTokens.Used> used = tokens.peek(jdbc, token, Purpose.VERIFY_ADDRESS)
                    .flatMap(u -> accounts.locked(jdbc, u.account()))
                    .flatMap(_ -> tokens.use(jdbc, token, Purpose.VERIFY_ADDRESS));
            if (used.isEmpty()) {
                events.record(jdbc, AuthOutcome.MAILED_TOKEN_REFUSED, new Who(null, null, client.address()));
                return Outcome.refused(new Refusal.BadToken());
            }
            accounts.verified(jdbc, used.get().account());
            events.record(jdbc, AuthOutcome.ADDRESS_VERIFIED, new Who(used.get().account(), null, client.address()));
            return Outcome.done(true);
        });
    }
}
