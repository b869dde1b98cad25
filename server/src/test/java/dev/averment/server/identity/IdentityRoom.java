package dev.averment.server.identity;

import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.Role;
import dev.averment.server.database.StartException;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.identity.account.AccountRegister;
import dev.averment.server.identity.account.MailedTokens;
import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.identity.factor.AttestationRoots;
import dev.averment.server.identity.factor.AuthenticatorApps;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.factor.Factors;
import dev.averment.server.identity.factor.Passkeys;
import dev.averment.server.identity.factor.RecoveryCodes;
import dev.averment.server.identity.factor.RelyingParty;
import dev.averment.server.identity.factor.SeedVault;
import dev.averment.server.identity.factor.Tickets;
import dev.averment.server.identity.password.HashingPool;
import dev.averment.server.identity.password.PasswordPolicy;
import dev.averment.server.identity.password.PasswordRules;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.Scheme;
import dev.averment.server.identity.provider.Links;
import dev.averment.server.identity.session.KeyRing;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.SessionPolicy;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import dev.averment.server.limits.LocalLimits;
import dev.averment.server.outbound.MailOutbox;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.WorkspaceStore;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The room of identity, put together as the application does it, over a real database and a clock that obeys. */
public final class IdentityRoom implements AutoCloseable {
    public static final String PASSWORD = "seven purple otters juggling";
    public static final Client CLIENT = new Client("192.0.2.77", "Testing/1.0");

    /** A published minimum, and the cheapest of them. */
    public static final Scheme QUICK = new Scheme.Argon2id(19 * 1024, 2, 1);

    public static final SessionPolicy POLICY = new SessionPolicy(
            "Strict",
            Duration.ofMinutes(15),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10));

    private static final Pattern CODE = Pattern.compile("#([A-Za-z0-9_-]{43})");

    public final TestDatabase database;
    public final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00Z"));
    public final DataFolder data;
    public final Disclosures disclosures = new Disclosures("5e".repeat(32));
    public final HashingPool pool = new HashingPool(2, 64, Duration.ofMinutes(5));
    public final IdentityTransactions transactions;
    public final AccountRegister accounts;
    public final MailedTokens tokens;
    public final Passwords passwords;
    public final Sessions sessions;
    public final AuthEvents events;
    /** Runs once, in the middle of whatever sessions do next: for tests that need something to happen just then. */
    public final AtomicReference<Runnable> whenSessionsNextLookAtTheClock = new AtomicReference<>(() -> {});

    private final Notices notices;
    private final IdentityLimits limits;
    public final SignUp signUp;
    public final SignIn signIn;
    public final PasswordReset reset;
    public final AccountSettings settings;
    public final AccountOperations operations;
    public final WorkspaceMembers workspaces;
    public final ApiTokens apiTokens;
    public final People people;
    private final Doorway doorway;

    public IdentityRoom(Path folder) throws SQLException, IOException, StartException {
        this(folder, new PasswordPolicy(QUICK));
    }

    public IdentityRoom(Path folder, PasswordPolicy policy) throws SQLException, IOException, StartException {
        database = TestDatabase.open();
        data = DataFolder.open(folder.resolve("data"));
        var system = new WorkspaceContext(WellKnown.SYSTEM, "system:setup");
        database.workspaces().in(system, jdbc -> {
            database.leaves().open(jdbc, system, "averment/test/system/" + WellKnown.SYSTEM);
            new WorkspaceStore().insert(jdbc, WellKnown.SYSTEM, "System", "system");
            return true;
        });
        transactions = new IdentityTransactions(new Workspaces(database.pools().of(Role.AUTH), database.seal()));
        accounts = new AccountRegister(clock);
        tokens = new MailedTokens(clock);
        passwords = new Passwords(policy, pool);
        var rules = new PasswordRules(policy);
        sessions = new Sessions(
                POLICY,
                KeyRing.open(data, "cookies", Duration.ofDays(30), POLICY.absolute(), clock),
                KeyRing.open(data, "access-tokens", Duration.ofDays(30), POLICY.accessToken(), clock),
                "https://averment.test",
                () -> {
                    Objects.requireNonNull(whenSessionsNextLookAtTheClock.getAndSet(() -> {}))
                            .run();
                    return clock.instant();
                });
        events = new AuthEvents(database.leaves(), disclosures, clock);
        notices =
                new Notices(new MailOutbox(data, "averment@averment.test", clock), URI.create("https://averment.test"));
        limits = IdentityLimits.unstated(new LocalLimits(clock), clock);
        signUp = new SignUp(transactions, accounts, tokens, passwords, rules, limits, events, notices);
        URI base = URI.create("https://averment.test");
        var factors = new Factors(
                new AuthenticatorApps(new SeedVault("5e".repeat(32)), base.getHost(), clock),
                new RecoveryCodes(clock),
                new Passkeys(RelyingParty.of(base), AttestationRoots.read(data.path(AttestationRoots.FILE)), clock));
        var tickets = new Tickets(clock);
        doorway = new Doorway(accounts, factors, tickets, sessions, new FactorPolicy(Optional.empty()), events, clock);
        signIn = signIn(passwords);
        reset = new PasswordReset(
                transactions,
                accounts,
                tokens,
                passwords,
                rules,
                sessions,
                limits,
                events,
                notices,
                factors,
                new Links(clock),
                UnaryOperator.identity());
        settings = new AccountSettings(
                transactions, accounts, tokens, passwords, rules, sessions, limits, events, notices, factors, tickets);
        operations = new AccountOperations(transactions, accounts, tokens, sessions, events, notices);
        var access = new WorkspaceAccess(database.workspaces());
        workspaces = new WorkspaceMembers(
                database.workspaces(), access, database.leaves(), id -> "averment/test/w/" + id, clock);
        people = new People(transactions, accounts, workspaces, limits, notices);
        apiTokens = new ApiTokens(transactions, access, accounts, events, notices, clock);
    }

    /** Sign-in that is the same but for its passwords. */
    public SignIn signIn(Passwords others) {
        return new SignIn(transactions, accounts, others, sessions, limits, events, notices, doorway);
    }

    /** The credentials of somebody who got all the way in. */
    public static Credentials opened(Outcome<Arrival> outcome) {
        return ((Arrival.Opened) done(outcome)).credentials();
    }

    /** A confirmed account of its own address and network. */
    public final class Resident {
        public final String email = "r-" + UUID.randomUUID() + "@example.test";
        public final Client client;
        public String password = PASSWORD;

        private Resident(String address) {
            this.client = new Client(address, "Testing/1.0");
        }

        /** Signs in with the password that is good. */
        public Credentials signIn() {
            return opened(IdentityRoom.this.signIn.byPassword(email, password, client));
        }

        public Session session(Credentials credentials) {
            return IdentityRoom.this
                    .signIn
                    .byAccessToken(credentials.accessToken())
                    .orElseThrow();
        }

        public UUID account() throws SQLException {
            return (UUID) database.rows("select account_id from identity.account where email = ?", email)
                    .getFirst()
                    .get("account_id");
        }

        /** The code in the newest mail to the address. */
        public String code() {
            return IdentityRoom.this.code(email);
        }
    }

    private int residents;

    /** Somebody who signed up, in a network of his own, and has not confirmed the address. */
    public Resident newcomer() {
        residents++;
        var resident = new Resident("198.51.100." + residents % 250);
        done(signUp.signUp(resident.email, "Rosa Resident", PASSWORD, resident.client));
        return resident;
    }

    /** Somebody with a confirmed address. */
    public Resident resident() {
        Resident resident = newcomer();
        done(signUp.verify(resident.code(), resident.client));
        return resident;
    }

    public static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T> done -> done.value();
            case Outcome.Refused<T> refused -> throw new AssertionError("refused: " + refused.why());
        };
    }

    public static Refusal refused(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> done -> throw new AssertionError("done, and should have been refused");
            case Outcome.Refused<?> refused -> refused.why();
        };
    }

    /** The newest code that was mailed to {@code email}. */
    public String code(String email) {
        for (String mail : mails(email).reversed()) {
            Matcher code = CODE.matcher(mail);
            if (code.find()) {
                return code.group(1);
            }
        }
        throw new AssertionError("no code was mailed");
    }

    /** Mail to {@code email}, oldest first; the clock stands still between most, so the file's own time decides. */
    public List<String> mails(String email) {
        try (Stream<Path> files = Files.list(data.path("outbox"))) {
            List<String> found = new ArrayList<>();
            for (Path file : files.sorted((a, b) -> time(a).compareTo(time(b))).toList()) {
                String mail = Files.readString(file);
                if (mail.contains("\r\nTo: " + email + "\r\n")) {
                    found.add(mail);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The leaves of the system's log with an action, oldest first. */
    public List<Leaf> leaves(String action) {
        try {
            List<Leaf> all = new ArrayList<>();
            for (var row : database.rows("select bytes from evidence.leaf where action = ? order by leaf_id", action)) {
                all.add(Leaf.parse((byte[]) row.get("bytes")));
            }
            return all;
        } catch (SQLException | LeafException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        pool.close();
        database.close();
        data.close();
    }
}
