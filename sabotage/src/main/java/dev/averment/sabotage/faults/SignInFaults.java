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
}
