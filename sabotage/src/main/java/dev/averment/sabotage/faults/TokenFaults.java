package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import dev.averment.server.tenancy.WellKnown;
import java.util.List;

/** What opens more to a token or a person than is theirs, or keeps what should be forgotten. */
public final class TokenFaults {
    private static final String JOURNAL = "identity.sabotage_journal";

    private TokenFaults() {}

    /** For {@code token-storage}. */
    public static List<Sabotage> storage() {
        return List.of(
                new Sabotage.Live(
                        "token-in-journal",
                        "A journal of answers in the database keeps tokens as they were handed out.",
                        Verdict.FAILING,
                        instance -> {
                            instance.asSuperuser(
                                    "create table " + JOURNAL + " (body bytea not null)",
                                    "grant insert on " + JOURNAL + " to averment_auth");
                            instance.edge(
                                    List.of(new EdgeRule(Kind.JOURNAL, "/api/v1/workspaces/.*/tokens", JOURNAL, "")));
                            return () -> {
                                instance.edge(List.of());
                                instance.asSuperuser("drop table " + JOURNAL);
                            };
                        }),
                Sql.trigger(
                        "token-kept-in-another-form",
                        "What is kept of a token is MD5.",
                        "before insert on identity.api_token",
                        "new.secret_hash := decode(md5(new.secret_hash) || md5(new.secret_hash), 'hex'); return new;"));
    }

    /** For {@code token-scope}. */
    public static List<Sabotage> scopes() {
        return List.of(
                Sql.trigger(
                        "token-with-every-scope",
                        "Every token gets every scope.",
                        "before insert on identity.api_token",
                        "new.scopes := 'evidence:read members:change members:read workspace:change workspace:read';"
                                + " return new;"),
                Sql.trigger(
                        "token-of-ten-years",
                        "Every token lives for ten years.",
                        "before insert on identity.api_token",
                        "new.expires_at := new.made_at + interval '10 years'; return new;"));
    }

    /** For {@code route-ownership}. */
    public static List<Sabotage> ownership() {
        String foreign = WellKnown.CANARY_A.toString();
        return List.of(
                everywhere(foreign),
                Edge.fault(
                        "foreign-record-told",
                        "The answer tells that a record of another workspace exists.",
                        new EdgeRule(Kind.STATUS, "/api/v1/workspaces/" + foreign + "/members/.*", "403", "")));
    }

    /**
     * What a handler is that forgets to ask who is a member: who is in one workspace is let into another. The trigger's owner may
     * set the context, which nobody else may.
     */
    static Sabotage everywhere(String workspace) {
        String context = "averment_" + workspace.replace("-", "") + "736162";
        String name = "public.sabotage_member_everywhere";
        return Sql.fault(
                "member-everywhere",
                "Whoever joins a workspace is an owner of another one, too.",
                List.of(
                        "create function " + name + "() returns trigger language plpgsql security definer as $$"
                                + " declare before text := current_setting('backtrace_functions');"
                                + " begin if new.workspace_id <> '" + workspace + "' then"
                                + " perform set_config('backtrace_functions', '" + context + "', true);"
                                + " insert into tenancy.member (workspace_id, account_id, role) values ('" + workspace
                                + "', new.account_id, 'owner') on conflict do nothing;"
                                + " perform set_config('backtrace_functions', before, true); end if; return null; end $$",
                        "create trigger sabotage_member_everywhere after insert on tenancy.member for each row execute"
                                + " function " + name + "()"),
                List.of(
                        "drop trigger sabotage_member_everywhere on tenancy.member",
                        "drop function " + name + "()",
                        "set local backtrace_functions = '" + context + "'",
                        "delete from tenancy.member m where m.workspace_id = '" + workspace
                                + "' and m.role = 'owner' and not exists (select 1 from identity.account a"
                                + " where a.account_id = m.account_id)"));
    }
}
