package dev.averment.server.identity;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.factor.AuthenticatorApps;
import dev.averment.server.identity.factor.AuthenticatorLink;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.factor.Passkey;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The second factors of somebody's own account. Every change wants a fresh proof, ends the account's other sessions, and is
 * told to the mailbox (ASVS 6.3.7, 7.4.3, 7.5.1).
 */
public final class FactorSettings {
    static final Refusal NO_FACTOR = new Refusal.Invalid(
            "no-second-factor",
            "Recovery codes stand in for a second factor, and this account has none. Enrol one first.");
    static final Refusal NEEDED = new Refusal.Invalid(
            "password-needs-factor",
            "The password of this account is only long enough beside a second factor. Choose one of at least 15"
                    + " characters first, or enrol another factor.");

    private final IdentityTransactions transactions;
    private final AccountRegister accounts;
    private final AuthenticatorApps apps;
    private final RecoveryCodes codes;
    private final Factors factors;
    private final Sessions sessions;
    private final IdentityLimits limits;
    private final AuthEvents events;
    private final Notices notices;
    private final Passkeys passkeys;
    private final FreshChange change;

    public FactorSettings(
            IdentityTransactions transactions,
            AccountRegister accounts,
            AuthenticatorApps apps,
            RecoveryCodes codes,
            Factors factors,
            Sessions sessions,
            IdentityLimits limits,
            AuthEvents events,
            Notices notices,
            Passkeys passkeys) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.apps = apps;
        this.codes = codes;
        this.factors = factors;
        this.sessions = sessions;
        this.limits = limits;
        this.events = events;
        this.notices = notices;
        this.passkeys = passkeys;
        this.change = new FreshChange(transactions, accounts, sessions);
    }

    /**
     * What the account has.
     *
     * @param app       since when there is an authenticator app
     * @param codesLeft recovery codes that are still good
     */
    public record Overview(Optional<Instant> app, List<Passkey> passkeys, int codesLeft) {
        public Overview {
            passkeys = List.copyOf(passkeys);
        }
    }

    public Overview overview(Session session) {
        return transactions.in(jdbc -> new Overview(
                apps.since(jdbc, session.account()),
                passkeys.of(jdbc, session.account()),
                codes.left(jdbc, session.account())));
    }

    /** Hands out the seed for an authenticator app, once. Nothing changes until {@link #confirmApp}. */
    public Outcome<AuthenticatorLink> beginApp(Session session, Client client) {
        return change.by(session, (jdbc, account) -> {
            events.record(jdbc, AuthOutcome.FACTOR_OFFERED, who(session, client), about(Method.TOTP));
            return Outcome.done(apps.begin(jdbc, account.id(), account.email()));
        });
    }

    /** Takes the app into use that shows this code. */
    public Outcome<Boolean> confirmApp(Session session, String code, Client client) {
        return change.by(session, (jdbc, account) -> {
            Optional<IdentityLimits.Wait> wait = limits.factor(account.id());
            if (wait.isPresent()) {
                if (wait.get().first()) {
                    events.record(jdbc, AuthOutcome.FACTOR_LIMITED, who(session, client), about(Method.TOTP));
                }
                if (wait.get().first() && limits.mail(account.email(), client).isEmpty()) {
                    notices.changed(
                            account.email(),
                            "Somebody who is signed in to your account has tried too many codes of an authenticator app.");
                }
                return Outcome.refused(new Refusal.Limited(wait.get().time()));
            }
            if (!apps.confirm(jdbc, account.id(), code)) {
                events.record(jdbc, AuthOutcome.FACTOR_ENROLMENT_REFUSED, who(session, client), about(Method.TOTP));
                return Outcome.refused(new Refusal.WrongCredentials());
            }
            sessions.proven(jdbc, session.id(), SecondFactor.with(session.factors(), Method.TOTP));
            sessions.endOthers(jdbc, account.id(), session.id(), "factor-enrolled");
            events.record(jdbc, AuthOutcome.FACTOR_ENROLLED, who(session, client), about(Method.TOTP));
            notices.changed(
                    account.email(),
                    "An authenticator app was enrolled for your account. From now on signing in takes a code of it, and"
                            + " your other sessions were ended.");
            return Outcome.done(true);
        });
    }

    public Outcome<Boolean> removeApp(Session session, Client client) {
        return change.by(session, (jdbc, account) -> {
            if (apps.since(jdbc, account.id()).isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (factors.last(jdbc, account.id()) && accounts.needsFactor(jdbc, account.id())) {
                return Outcome.refused(NEEDED);
            }
            apps.remove(jdbc, account.id());
            factors.tidy(jdbc, account.id());
            sessions.forget(jdbc, session, Method.TOTP.word());
            sessions.endOthers(jdbc, account.id(), session.id(), "factor-removed");
            events.record(jdbc, AuthOutcome.FACTOR_REMOVED, who(session, client), about(Method.TOTP));
            notices.changed(account.email(), "The authenticator app of your account was removed.");
            return Outcome.done(true);
        });
    }

    /** New recovery codes, shown this once; those from before are no longer good. */
    public Outcome<List<String>> makeCodes(Session session, Client client) {
        return change.by(session, (jdbc, account) -> {
            if (!factors.any(jdbc, account.id())) {
                return Outcome.refused(NO_FACTOR);
            }
            List<String> made = codes.make(jdbc, account.id());
            events.record(jdbc, AuthOutcome.RECOVERY_CODES_MADE, who(session, client));
            notices.changed(
                    account.email(), "New recovery codes were made for your account; those from before are void.");
            return Outcome.done(made);
        });
    }

    private static JsonObject about(Method method) {
        return JsonObject.of("method", method.word());
    }

    private static Who who(Session session, Client client) {
        return new Who(session.account(), session.id(), client.address());
    }
}
