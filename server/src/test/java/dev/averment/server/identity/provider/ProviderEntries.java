package dev.averment.server.identity.provider;

import dev.averment.server.fixture.RunningServer;
import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.event.AuthOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the log has about sign-ins with others. */
final class ProviderEntries {
    private final RunningServer server;
    private List<String> before = List.of();

    ProviderEntries(RunningServer server) {
        this.server = server;
    }

    private List<String> all() {
        return server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql("select bytes from evidence.leaf where action like 'auth.%'")
                        .query((r, _) -> new String(r.getBytes(1), StandardCharsets.UTF_8))
                        .list());
    }

    /** From here on what happens is what the test is about. */
    void now() {
        before = all();
    }

    /** The entries since then, whole. */
    List<String> since() {
        List<String> after = new ArrayList<>(all());
        before.forEach(after::remove);
        return after;
    }

    static String of(AuthOutcome outcome) {
        return "\"action\":\"" + outcome.action() + "\"";
    }
}
