package dev.averment.sabotage.faults;

import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import java.util.List;

/** What makes limits, and the addresses that they count by, worth nothing. */
public final class LimitFaults {
    private LimitFaults() {}

    /** For {@code client-address}. */
    public static List<Sabotage> address() {
        return List.of(new Sabotage.AtStart(
                "every-hop-trusted",
                "Everybody counts as a trusted proxy.",
                sound -> sound.saying("--trusted-proxy", "0.0.0.0/0")));
    }

    /** For {@code rate-limit}; none for the parts that nothing serves yet. */
    public static List<Sabotage> limits(Bound bound) {
        return List.of(
                Edge.fault(
                        "refusal-without-time",
                        "A refusal does not say when to try again.",
                        new EdgeRule(Kind.OVERRIDE, "/api/v1/auth/.*", "Retry-After", "")),
                PageEdit.fault(
                        "limits-lifted",
                        "The policy in force lets everybody try as often as they like.",
                        "(?m)^policy:[ \\t]*$",
                        "policy:\n  limits: {sign-in-account: 100000/10m, sign-in-network: 100000/10m,"
                                + " mail-account: 100000/10m, mail-network: 100000/10m}"));
    }
}
