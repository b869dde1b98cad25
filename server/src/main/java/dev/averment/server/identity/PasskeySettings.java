package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.Account;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.Ceremony;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.Passkey;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.Passkeys.Descriptor;
import dev.averment.server.identity.factor.Passkeys.Enrolment;
import dev.averment.server.identity.factor.Passkeys.Result;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The passkeys of somebody's own account. */
public final class PasskeySettings {
    static final Refusal TOO_MANY = new Refusal.Invalid(
            "too-many-passkeys",
            "This account has " + Passkeys.MOST + " passkeys, which is as many as one may have. Remove one first.");

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final Passkeys passkeys;
    private final Factors factors;
    private final Sessions sessions;
    private final AuthEvents events;
    private final Notices notices;
    private final FreshChange change;

    public PasskeySettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            Passkeys passkeys,
            Factors factors,
            Sessions sessions,
            AuthEvents events,
            Notices notices) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.passkeys = passkeys;
        this.factors = factors;
        this.sessions = sessions;
        this.events = events;
        this.notices = notices;
        this.change = new FreshChange(transactions, accounts, sessions);
    }

    /**
     * What a browser needs to enrol a passkey.
     *
     * @param known passkeys that the account has, so that none is enrolled on a device that holds one already
     */
    public record Invitation(byte[] challenge, Account account, List<Descriptor> known) {}

    public Outcome<Invitation> invite(Session session) {
        return change.by(session, (jdbc, account) -> {
            if (passkeys.count(jdbc, account.id()) >= Passkeys.MOST) {
                return Outcome.refused(TOO_MANY);
            }
            return Outcome.done(new Invitation(
                    passkeys.challenge(jdbc, Ceremony.enrol(account.id(), session.id())),
                    account,
                    passkeys.descriptors(jdbc, account.id())));
        });
    }

    /** Takes a passkey in. The session does not count as one that has shown it: that is done by signing in, or by a proof. */
    public Outcome<Passkey> enrol(Session session, String typedName, Enrolment enrolment, Client client) {
        Optional<String> name = Inputs.name(typedName);
        if (name.isEmpty()) {
            return Outcome.refused(Inputs.BAD_NAME);
        }
        return change.by(session, (jdbc, account) -> {
            if (passkeys.count(jdbc, account.id()) >= Passkeys.MOST) {
                return Outcome.refused(TOO_MANY);
            }
            Result result = passkeys.enrol(jdbc, Ceremony.enrol(account.id(), session.id()), name.get(), enrolment);
            if (!(result instanceof Result.Accepted accepted)) {
                String reason = result instanceof Result.Refused refused ? refused.reason() : "counter";
                events.record(
                        jdbc,
                        AuthOutcome.PASSKEY_ENROLMENT_REFUSED,
                        who(session, client),
                        JsonObject.of("reason", reason));
                return Outcome.refused(PasskeyDoor.REFUSED);
            }
            Passkey passkey = accepted.passkey();
            sessions.endOthers(jdbc, account.id(), session.id(), "factor-enrolled");
            events.record(
                    jdbc,
                    AuthOutcome.PASSKEY_ENROLLED,
                    who(session, client),
                    JsonObject.of(
                            "attestation", passkey.format(),
                            "backupEligible", passkey.backupEligible(),
                            "hardware", passkey.hardware(),
                            "model", passkey.model().toString()));
            notices.changed(
                    account.email(),
                    "A passkey was enrolled for your account. Your other sessions were ended; from now on a password"
                            + " alone does not sign in.");
            return Outcome.done(passkey);
        });
    }

    /** Another name for a passkey: it signs nobody in, so it wants no proof and no mail. */
    public Outcome<Boolean> rename(Session session, UUID passkey, String typedName) {
        Optional<String> name = Inputs.name(typedName);
        if (name.isEmpty()) {
            return Outcome.refused(Inputs.BAD_NAME);
        }
        return transactions.in(jdbc -> passkeys.rename(jdbc, session.account(), passkey, name.get())
                ? Outcome.done(true)
                : Outcome.refused(new Refusal.NotFound()));
    }

    public Outcome<Boolean> remove(Session session, UUID passkey, Client client) {
        return change.by(session, (jdbc, account) -> {
            if (factors.last(jdbc, account.id()) && accounts.needsFactor(jdbc, account.id())) {
                return Outcome.refused(FactorSettings.NEEDED);
            }
            if (!passkeys.remove(jdbc, account.id(), passkey)) {
                return Outcome.refused(new Refusal.NotFound());
            }
            factors.tidy(jdbc, account.id());
            // Which passkey the session showed is not kept: it counts as having shown none.
            sessions.forget(jdbc, session, PasskeyDoor.HARDWARE, Method.PASSKEY.word());
            sessions.endOthers(jdbc, account.id(), session.id(), "factor-removed");
            events.record(jdbc, AuthOutcome.PASSKEY_REMOVED, who(session, client));
            notices.changed(account.email(), "A passkey of your account was removed.");
            return Outcome.done(true);
        });
    }

    private static Who who(Session session, Client client) {
        return new Who(session.account(), session.id(), client.address());
    }
}
