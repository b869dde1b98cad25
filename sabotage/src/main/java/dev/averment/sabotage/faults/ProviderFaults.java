package dev.averment.sabotage.faults;

import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import java.util.ArrayList;
import java.util.List;

/** What lets people in by answers of providers that nobody asked for, and links accounts that nobody linked. */
public final class ProviderFaults {
    private static final String OPENID = "com.nimbusds.openid.connect.sdk.";
    private static final String PROVIDER = "dev.averment.server.identity.provider.";

    private ProviderFaults() {}

    /** For {@code sign-in-flow}. */
    public static List<Sabotage> flows(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        Object named = bound.check().with().get("providers");
        if (named instanceof List<?> ways && ways.stream().allMatch("password"::equals)) {
            return List.of(Sql.trigger(
                    "session-never-opened",
                    "Sessions have ended when they are opened.",
                    "before insert on identity.session",
                    "new.ended_at := now(); new.ended_because := 'sabotage'; return new;"));
        }
        faults.add(Edge.fault(
                "flow-cookie-strict",
                "The cookie that binds a sign-in to its browser does not come back with the browser.",
                new EdgeRule(Kind.COOKIE, "/sign-in/with/[a-z-]+", "SameSite=\\w+", "SameSite=Strict")));
        faults.add(mistake(
                "nonce-unchecked",
                "The nonce in an ID token is not compared with the one that was sent.",
                new CodeMistake(
                        OPENID + "validators.IDTokenValidator",
                        "validate",
                        "(Lcom/nimbusds/jwt/JWT;L" + OPENID.replace('.', '/') + "Nonce;)",
                        What.FORGETS_LAST)));
        faults.add(mistake(
                "pkce-dropped",
                "Codes are asked for without a PKCE challenge.",
                new CodeMistake(
                        OPENID + "AuthenticationRequest$Builder",
                        "codeChallenge",
                        "(Lcom/nimbusds/oauth2/sdk/pkce/CodeVerifier;",
                        What.GIVES_ITSELF)));
        faults.add(mistake(
                "token-of-another-client",
                "To whom an ID token was handed is not looked at.",
                new CodeMistake(PROVIDER + "RemoteProvider", "meantForUs", "(", What.RETURNS)));
        if (named instanceof List<?> ways
                && ways.contains("apple")
                && bound.check().expect().containsKey("appleReturn")) {
            faults.add(mistake(
                    "apple-asked-for-redirect",
                    "Apple is asked to answer by a redirect, and shown a secret as others are.",
                    new CodeMistake(PROVIDER + "Provider", "answersByForm", "()", What.GIVES_FALSE)));
        }
        if (bound.check().expect().containsKey("sameSite")) {
            faults.add(PageEdit.fault(
                    "cookie-policy-lax",
                    "The policy in force sets the cookies that sign people in with SameSite=Lax.",
                    "(?m)^(  sessions: \\{.*?cookieSameSite: )Strict",
                    "$1Lax"));
        }
        return faults;
    }

    private static Sabotage mistake(String id, String breaks, CodeMistake mistake) {
        return new Sabotage.AtStart(id, breaks, sound -> sound.mistaken(mistake));
    }

    /** For {@code account-linking}. */
    public static List<Sabotage> links() {
        return List.of(
                Sql.trigger(
                        "linked-by-address",
                        "Whoever comes back from a provider is linked to the account that has the same address.",
                        "before update on identity.provider_flow",
                        "if new.subject is not null and old.subject is null then"
                                + " insert into identity.provider_link (link_id, account_id, issuer, subject, made_at)"
                                + " select gen_random_uuid(), a.account_id, new.issuer, new.subject, now()"
                                + " from identity.account a where a.email = new.email on conflict do nothing;"
                                + " end if; return new;"),
                Sql.trigger(
                        "proof-never-stale",
                        "Every session counts as one whose person has just proved to be there.",
                        "before update on identity.session",
                        "new.proven_at := greatest(old.proven_at, new.proven_at); return new;"),
                Sql.trigger(
                        "link-counts-as-password",
                        "An account with a link counts as one with a password, which nobody knows.",
                        "after delete on identity.password",
                        "if pg_trigger_depth() = 1 and exists (select 1 from identity.provider_link l where l.account_id = old.account_id) then"
                                + " insert into identity.password (account_id, encoded, set_at)"
                                + " values (old.account_id, old.encoded, now()); end if; return null;"));
    }
}
