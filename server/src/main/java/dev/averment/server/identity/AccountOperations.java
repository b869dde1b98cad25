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
import dev.averment.server.identity.session.Sessions;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an operator does about somebody's account: ends its sessions, or has a link to a new password mailed to its owner. He
 * never learns or chooses a password, and the owner hears of both (ASVS 6.4.6, 7.4.5).
 */
public final class AccountOperations {
    private static final JsonObject BY = JsonObject.of("by", "operator");

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final MailedTokens tokens;
    private final Sessions sessions;
    private final AuthEvents events;
    private final Notices notices;

    public AccountOperations(
            IdentityTransactions transactions,
            AccountRegister accounts,
            MailedTokens tokens,
            Sessions sessions,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.events = events;
        this.notices = notices;
    }

    /** Every session is refused at its next request; links that were mailed and tickets are over too. */
    public Outcome<Boolean> endSessions(String typedAddress, Client operator) {
        return about(typedAddress, (jdbc, account) -> {
            tokens.forgetAll(jdbc, account.id());
            sessions.endAll(jdbc, account.id(), "ended-by-operator");
            events.record(jdbc, AuthOutcome.SESSIONS_ENDED, new Who(account.id(), null, operator.address()), BY);
            notices.changed(account.email(), "An operator of this server ended all sessions of your account.");
            return Outcome.done(true);
        });
    }

    /** The old password works until its owner has chosen another. */
    public Outcome<Boolean> startReset(String typedAddress, Client operator) {
        return about(typedAddress, (jdbc, account) -> {
            String token = tokens.make(jdbc, account.id(), Purpose.RESET_PASSWORD, account.email());
            events.record(jdbc, AuthOutcome.RESET_REQUESTED, new Who(account.id(), null, operator.address()), BY);
            notices.resetPassword(account.email(), token, Purpose.RESET_PASSWORD.life());
            return Outcome.done(true);
        });
    }

    private Outcome<Boolean> about(String typedAddress, BiFunction<JdbcClient, Account, Outcome<Boolean>> work) {
        Optional<MailAddress> address = MailAddress.parse(typedAddress);
        if (address.isEmpty()) {
            return Outcome.refused(Inputs.BAD_ADDRESS);
        }
        return transactions.in(jdbc -> accounts.byAddress(jdbc, address.get())
                .flatMap(account -> accounts.locked(jdbc, account.id()))
                .map(account -> work.apply(jdbc, account))
                .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }
}
