package dev.averment.server.identity.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which second factors an account has. */
public final class Factors {
    private final AuthenticatorApps apps;
    private final RecoveryCodes codes;
    private final Passkeys passkeys;

    public Factors(AuthenticatorApps apps, RecoveryCodes codes, Passkeys passkeys) {
        this.apps = apps;
        this.codes = codes;
        this.passkeys = passkeys;
    }

    /** Whether a password alone is not enough. Recovery codes are none by themselves: they stand in for one that is lost. */
    public boolean any(JdbcClient jdbc, UUID account) {
        return apps.since(jdbc, account).isPresent() || passkeys.count(jdbc, account) > 0;
    }

    /** How the person may go on after the password; empty for one without a second factor. */
    public List<Method> methods(JdbcClient jdbc, UUID account) {
        var methods = new ArrayList<Method>();
        if (apps.since(jdbc, account).isPresent()) {
            methods.add(Method.TOTP);
        }
        if (passkeys.count(jdbc, account) > 0) {
            methods.add(Method.PASSKEY);
        }
        if (!methods.isEmpty() && codes.left(jdbc, account) > 0) {
            methods.add(Method.RECOVERY_CODE);
        }
        return List.copyOf(methods);
    }

    /** Whether there is exactly one. */
    public boolean last(JdbcClient jdbc, UUID account) {
        int apps = this.apps.since(jdbc, account).isPresent() ? 1 : 0;
        return apps + passkeys.count(jdbc, account) == 1;
    }

    /** Recovery codes go with the last factor: they would stand in for nothing. */
    public void tidy(JdbcClient jdbc, UUID account) {
        if (!any(jdbc, account)) {
            codes.remove(jdbc, account);
        }
    }
}
