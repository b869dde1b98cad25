package dev.averment.sabotage.faults;

import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import java.util.ArrayList;
import java.util.List;

/** What weakens accounts, their passwords and the tokens that stand for them. */
public final class SignInFaults {
    private SignInFaults() {}

    /** For {@code password-storage}. */
    public static List<Sabotage> passwords(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(Sql.trigger(
                "password-hash-weak",
                "What is kept of every password is a well-formed hash of hardly any cost.",
                "before insert or update on identity.password",
                "new.encoded := '$2b$04$' || substr(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 1, 53);"
                        + " return new;"));
        faults.add(Sql.fault(
                "password-hash-of-another-weak",
                "The stored password of somebody whom no check knows is a hash of hardly any cost.",
                List.of(
                        "insert into identity.account (account_id, email, name)"
                                + " values ('00000000-0000-4000-8000-00005ab07a6e', 'sabotage@averment.example', 'Sabotage')",
                        "insert into identity.password (account_id, encoded, set_at)"
                                + " values ('00000000-0000-4000-8000-00005ab07a6e', '$2b$04$' || repeat('a', 53), now())"),
                List.of(
                        "delete from identity.password where account_id = '00000000-0000-4000-8000-00005ab07a6e'",
                        "delete from identity.account where account_id = '00000000-0000-4000-8000-00005ab07a6e'")));
        Object upgrade = bound.check().expect().get("upgrade");
        if (upgrade != null && upgrade.toString().equals("true")) {
            faults.add(Sql.trigger(
                    "password-hash-never-upgraded",
                    "An older hash stays when its owner signs in.",
                    "before update on identity.password",
                    "if new.set_at = old.set_at then new.encoded := old.encoded; end if; return new;"));
        }
        if (!String.valueOf(bound.check().expect().get("hash")).equalsIgnoreCase("bcrypt")) {
            faults.add(PageEdit.fault(
                    "password-policy-weak",
                    "The policy in force asks for less than the page promises, though for no less than the published minimum.",
                    "(?m)^  passwords: \\{[^}]*\\}",
                    "  passwords: {hash: argon2id, memory: 19MiB, time: 2, parallelism: 1}"));
        }
        return faults;
    }

    /** For {@code access-tokens}. */
    public static List<Sabotage> accessTokens() {
        return List.of(PageEdit.fault(
                "access-token-of-an-hour",
                "The policy in force lets access tokens live for an hour.",
                "(?m)^(  sessions: \\{.*?accessTokenLifetime: )\\w+",
                "$160m"));
    }

    private static final Sabotage ENDLESS = Sql.trigger(
            "session-outlives-its-end",
            "A session that was ended goes on.",
            "before update on identity.session",
            "new.ended_at := null; new.ended_because := null; return new;");

    private static final Sabotage REVOCATION_IGNORED = Sql.trigger(
            "revocation-ignored",
            "The number that ends all older sessions of an account does not change.",
            "before update on identity.account",
            "new.revocation := old.revocation; return new;");

    /** For {@code refresh-tokens}. */
    public static List<Sabotage> refreshTokens(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(Sql.trigger(
                "refresh-generation-stands-still",
                "The count of refresh tokens that a session has handed out does not advance.",
                "before update on identity.session",
                "new.generation := old.generation; return new;"));
        faults.add(ENDLESS);
        String promised = String.valueOf(bound.check().expect().get("sameSite"));
        faults.add(PageEdit.fault(
                "cookie-policy-other",
                "The policy in force sets cookies with another SameSite than the page promises.",
                "(?m)^(  sessions: \\{.*?cookieSameSite: )\\w+",
                "$1" + (promised.equals("Strict") ? "Lax" : "Strict")));
        return faults;
    }

    /** For {@code one-time-tokens}. */
    public static List<Sabotage> mailedTokens() {
        return List.of(
                Sql.trigger(
                        "mailed-token-never-used-up",
                        "The mark that a mailed token was used gets lost.",
                        "before update on identity.mailed_token",
                        "new.used_at := null; return new;"),
                Sql.trigger(
                        "mailed-token-of-ten-years",
                        "Mailed tokens expire in ten years.",
                        "before insert on identity.mailed_token",
                        "new.expires_at := new.made_at + interval '10 years'; return new;"));
    }

    /** For {@code session-revocation}. */
    public static List<Sabotage> revocation(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(REVOCATION_IGNORED);
        Object causes = bound.check().with().get("causes");
        if (!(causes instanceof List<?> named) || named.contains("session-ended")) {
            faults.add(ENDLESS);
        }
        return faults;
    }

    /** For {@code authentication-events}. */
    public static List<Sabotage> events() {
        return List.of(
                Sql.trigger(
                        "wrong-password-unrecorded",
                        "A sign-in with a wrong password leaves no entry of its kind in the log.",
                        "before insert on evidence.leaf",
                        misnamed("auth.sign_in_wrong_password")),
                Sql.trigger(
                        "wrong-code-unrecorded",
                        "A wrong code of a second factor leaves no entry of its kind in the log.",
                        "before insert on evidence.leaf",
                        misnamed("auth.factor_refused")),
                Sql.trigger(
                        "sign-out-recorded-twice",
                        "Signing out leaves two entries in the log.",
                        "after insert on evidence.leaf",
                        "if new.action = 'auth.signed_out' and pg_trigger_depth() = 1 then"
                                + " insert into evidence.leaf (workspace_id, leaf_id, action, bytes)"
                                + " values (new.workspace_id, encode(set_byte(uuid_send(new.leaf_id), 15,"
                                + " (get_byte(uuid_send(new.leaf_id), 15) + 1) % 256), 'hex')::uuid, new.action, new.bytes);"
                                + " end if; return null;"));
    }

    /** An entry that is dropped is noticed by whoever wrote it, and what it was about is refused; one that is renamed is not. */
    private static String misnamed(String action) {
        return "if new.action = '" + action + "' then new.action := 'auth.seen'; new.bytes := convert_to(replace("
                + "convert_from(new.bytes, 'UTF8'), '" + action + "', 'auth.seen'), 'UTF8'); end if; return new;";
    }
}
