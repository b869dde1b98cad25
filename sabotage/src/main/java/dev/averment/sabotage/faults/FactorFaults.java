package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import java.util.List;

/** What makes second factors worth nothing, or leaves operators without. */
public final class FactorFaults {
    private static final String OPERATOR = "a4e00000-0000-8000-8000-0000000000f0";

    private FactorFaults() {}

    /** For {@code totp}. */
    public static List<Sabotage> codes() {
        return List.of(
                Sql.trigger(
                        "code-good-again",
                        "Which code of an authenticator app was used last gets lost.",
                        "before update on identity.totp",
                        "new.last_step := -1; return new;"),
                Sql.trigger(
                        "recovery-code-never-used-up",
                        "The mark that a recovery code was used gets lost.",
                        "before update on identity.recovery_code",
                        "new.used_at := null; return new;"));
    }

    private static final Sabotage SHOWN = Sql.trigger(
            "factor-taken-as-shown",
            "Every session counts as one that has shown every factor.",
            "before insert on identity.session",
            "new.factors := 'hardware-key passkey password totp'; return new;");

    private static Sabotage operator(String id, String breaks, String... factors) {
        var plant = new java.util.ArrayList<String>();
        plant.add("insert into identity.account (account_id, email, name, operator, verified_at, created_at) values ('"
                + OPERATOR + "', 'pat@averment.invalid', 'Pat', true, now(), now() - interval '1 day')");
        plant.addAll(List.of(factors));
        return Sql.fault(
                id, breaks, plant, List.of("delete from identity.account where account_id = '" + OPERATOR + "'"));
    }

    /** For {@code second-factor}. */
    public static List<Sabotage> second() {
        return List.of(
                operator("operator-without-factor", "An operator's account has no second factor."),
                SHOWN,
                PageEdit.fault(
                        "operators-asked-for-nothing",
                        "The policy in force demands no factor of operators.",
                        "(?m)^  operators: \\{factor: \\w+}",
                        "  operators: {}"));
    }

    /** For {@code hardware-factor}. */
    public static List<Sabotage> hardware() {
        return List.of(
                operator(
                        "operator-with-app-only",
                        "An operator's account has an authenticator app and no key in hardware.",
                        "insert into identity.totp (version, account_id, seed, made_at, confirmed_at) values"
                                + " (gen_random_uuid(), '" + OPERATOR
                                + "', decode(repeat('ab', 48), 'hex'), now(), now())"),
                operator(
                        "operator-with-software-key",
                        "An operator's account has a passkey that no manufacturer vouches for.",
                        "insert into identity.passkey (credential_id, passkey_id, account_id, name, attestation, format,"
                                + " model, sign_count, backup_eligible, backed_up, transports, made_at) values"
                                + " (sha256('key'), gen_random_uuid(), '" + OPERATOR
                                + "', 'Key', '\\xa0', 'none', gen_random_uuid(), 0, false, false, 'usb', now())"),
                SHOWN,
                PageEdit.fault(
                        "operators-asked-for-any-factor",
                        "The policy in force takes any factor of operators.",
                        "(?m)^  operators: \\{factor: \\w+}",
                        "  operators: {factor: any}"));
    }
}
