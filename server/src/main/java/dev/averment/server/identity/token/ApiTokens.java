package dev.averment.server.identity.token;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.Notices;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes, finds and ends tokens. A token is looked up at every request, so one that was ended is refused at the next, on
 * every server; and it never does more than its owner could do at that moment.
 */
public final class ApiTokens {
    /** The longest that a token may live. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(366);

    private static final Duration USED_EVERY = Duration.ofMinutes(1);

    private final ApiTokenStore store = new ApiTokenStore();
    private final IdentityTransactions transactions;
    private final WorkspaceAccess access;
    private final AccountRegister accounts;
    private final AuthEvents events;
    private final Notices notices;
    private final InstantSource clock;

    public ApiTokens(
            IdentityTransactions transactions,
            WorkspaceAccess access,
            AccountRegister accounts,
            AuthEvents events,
            Notices notices,
            InstantSource clock) {
        this.transactions = transactions;
        this.access = access;
        this.accounts = accounts;
        this.events = events;
        this.notices = notices;
        this.clock = clock;
    }

    /** @param text shown once, to whoever made the token */
    public record Made(ApiToken token, String text) {
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /** Makes a token for {@code entrance}'s workspace; only a person who has just proved to be there may. */
    public Outcome<Made> make(Entrance entrance, String name, Set<Permission> scopes, Duration life, Client client) {
        if (!(entrance.caller() instanceof Caller.Person person)) {
            return Outcome.refused(new Refusal.Forbidden("a signed-in person"));
        }
        if (!person.fresh()) {
            return Outcome.refused(new Refusal.ProofNeeded());
        }
        if (scopes.isEmpty() || !scopes.stream().allMatch(Permission::delegable)) {
            return Outcome.refused(new Refusal.Invalid(
                    "bad-scopes",
                    "Name at least one scope, and only such as a token may have: docs/api.md lists them."));
        }
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            return Outcome.refused(new Refusal.Invalid(
                    "bad-expiry",
                    "A token lives for a minute at least and " + LONGEST_LIFE.toDays() + " days at most."));
        }
        Outcome<Boolean> allowed = access.in(entrance, inside -> {
            Optional<Permission> more =
                    scopes.stream().filter(s -> !inside.role().may(s)).findFirst();
            return more.isPresent()
                    ? Outcome.refused(new Refusal.Forbidden(more.get().word()))
                    : Outcome.done(true);
        });
        if (allowed instanceof Outcome.Refused<Boolean> refused) {
            return Outcome.refused(refused.why());
        }
        Instant now = clock.instant();
        TokenText text = TokenText.make();
        var token = new ApiToken(
                text.id(), person.account(), entrance.workspace(), name, scopes, now, now.plus(life), null);
        return transactions.in(jdbc -> {
            store.insert(jdbc, token, text.hash());
            events.record(
                    jdbc,
                    AuthOutcome.API_TOKEN_MADE,
                    new Who(person.account(), person.session(), client.address()),
                    JsonObject.of(
                            "token",
                            token.id().toString(),
                            "workspace",
                            token.workspace().toString(),
                            "scopes",
                            scopes.stream().map(Permission::word).sorted().toList(),
                            "expires",
                            token.expires().toString()));
            tell(jdbc, person.account(), "A token with which programs act for you was made.");
            return Outcome.done(new Made(token, text.encoded()));
        });
    }

    /** The caller's own tokens in the workspace. */
    public Outcome<List<ApiToken>> list(Entrance entrance) {
        return switch (access.in(entrance, _ -> Outcome.done(true))) {
            case Outcome.Refused<Boolean> refused -> Outcome.refused(refused.why());
            case Outcome.Done<Boolean> _ ->
                transactions.in(jdbc -> Outcome.done(
                        store.of(jdbc, entrance.caller().account(), entrance.workspace(), clock.instant())));
        };
    }

    /** Ends one of the caller's own tokens. */
    public Outcome<Boolean> revoke(Entrance entrance, UUID token, Client client) {
        if (access.in(entrance, _ -> Outcome.done(true)) instanceof Outcome.Refused<Boolean> refused) {
            return refused;
        }
        Caller caller = entrance.caller();
        return transactions.in(jdbc -> {
            if (!store.revoke(jdbc, caller.account(), entrance.workspace(), token, clock.instant())) {
                return Outcome.refused(new Refusal.NotFound());
            }
            events.record(
                    jdbc,
                    AuthOutcome.API_TOKEN_REVOKED,
                    new Who(caller.account(), null, client.address()),
                    JsonObject.of("token", token.toString()));
            tell(jdbc, caller.account(), "A token with which programs acted for you was ended.");
            return Outcome.done(true);
        });
    }

    private void tell(JdbcClient jdbc, UUID account, String what) {
        accounts.byId(jdbc, account).ifPresent(a -> notices.changed(a.email(), what));
    }

    /** Whether a token that was good still is. */
    public boolean alive(JdbcClient jdbc, UUID token) {
        return store.find(jdbc, token, clock.instant()).isPresent();
    }

    /** The program that bears {@code text}; a token that isn't good is noted. */
    public Optional<Caller.Program> caller(String text, Client client) {
        Optional<TokenText> parsed = TokenText.parse(text);
        if (parsed.isEmpty()) {
            // Mistyped or made up: nothing of ours, so there is nothing to note either.
            return Optional.empty();
        }
        return transactions.in(jdbc -> {
            Instant now = clock.instant();
            Optional<ApiToken> token = store.find(jdbc, parsed.get().id(), now)
                    .filter(row ->
                            MessageDigest.isEqual(row.secretHash(), parsed.get().hash()))
                    .map(ApiTokenStore.Row::token);
            if (token.isEmpty()) {
                events.record(
                        jdbc,
                        AuthOutcome.API_TOKEN_REFUSED,
                        new Who(null, null, client.address()),
                        JsonObject.of("token", parsed.get().id().toString()));
                return Optional.empty();
            }
            Instant used = token.get().used();
            if (used == null || now.isAfter(used.plus(USED_EVERY))) {
                store.used(jdbc, token.get().id(), now);
            }
            return Optional.of(new Caller.Program(
                    token.get().account(),
                    token.get().id(),
                    token.get().workspace(),
                    token.get().scopes()));
        });
    }
}
