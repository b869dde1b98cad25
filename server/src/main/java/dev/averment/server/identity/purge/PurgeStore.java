package dev.averment.server.identity.purge;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of identity that are over, taken away so many at a time: a backlog of months must neither hold locks for long nor fill a
 * transaction. Rows that somebody else holds are left for the next time.
 */
final class PurgeStore {

    /** What can be taken away with the role that signs people in. Every statement takes an instant, the same again, and a count. */
    enum Over {
        SESSIONS("""
                delete from identity.session where session_id in (
                       select session_id from identity.session
                        where ended_at < ? or expires_at < ? limit ? for update skip locked)"""),
        LINKS("""
                delete from identity.mailed_token where token_hash in (
                       select token_hash from identity.mailed_token
                        where used_at < ? or expires_at < ? limit ? for update skip locked)"""),
        RECOVERY_CODES("""
                delete from identity.recovery_code where code_hash in (
                       select code_hash from identity.recovery_code
                        where used_at < ? and used_at < ? limit ? for update skip locked)"""),
        API_TOKENS("""
                delete from identity.api_token where token_id in (
                       select token_id from identity.api_token
                        where revoked_at < ? or expires_at < ? limit ? for update skip locked)"""),
        /** Sign-ins with others that nobody went on with: with what the provider said of their person. */
        FLOWS("""
                delete from identity.provider_flow where state_hash in (
                       select state_hash from identity.provider_flow
                        where expires_at < ? and expires_at < ? limit ? for update skip locked)"""),
        /** Tokens between services that were used: once they have run out, no copy of them is taken in any more. */
        SPENT_TOKENS("""
                delete from identity.spent_actor_token where token_id in (
                       select token_id from identity.spent_actor_token
                        where expires_at < ? and expires_at < ? limit ? for update skip locked)"""),
        TICKETS("""
                delete from identity.ticket where ticket_hash in (
                       select ticket_hash from identity.ticket
                        where used_at < ? or expires_at < ? limit ? for update skip locked)"""),
        /** Nobody may change one, so nobody may lock one either. */
        CHALLENGES("""
                delete from identity.challenge where challenge_hash in (
                       select challenge_hash from identity.challenge
                        where expires_at < ? and expires_at < ? limit ?)"""),
        /** Seeds that were shown and never confirmed; a step that was used counts for thirty seconds and is one number. */
        ENROLMENTS("""
                delete from identity.totp where version in (
                       select version from identity.totp
                        where confirmed_at is null and made_at < ? and made_at < ? limit ? for update skip locked)""");

        private final String statement;

        Over(String statement) {
            this.statement = statement;
        }
    }

    int purge(JdbcClient jdbc, Over what, Instant before, int most) {
        var at = before.atOffset(ZoneOffset.UTC);
        return jdbc.sql(what.statement).params(at, at, most).update();
    }

    /** Values beside entries of a log that are older than {@code before}: ids of leaves begin with their time. */
    int disclosures(JdbcClient jdbc, UUID workspace, String path, Instant before, int most) {
        return jdbc.sql("""
                        delete from evidence.disclosure where workspace_id = ? and path = ? and leaf_id in (
                               select leaf_id from evidence.disclosure
                                where workspace_id = ? and path = ? and leaf_id < ? limit ?)""")
                .params(workspace, path, workspace, path, first(before), most)
                .update();
    }

    /** The least id of a leaf of that millisecond (RFC 9562 §5.7). */
    private static UUID first(Instant at) {
        return new UUID(at.toEpochMilli() << 16, 0);
    }

    /** Workspaces with members, after {@code after} in the order of their ids. */
    List<UUID> workspaces(JdbcClient identity, UUID after, int most) {
        return identity.sql("""
                        select distinct workspace_id from tenancy.member
                         where workspace_id > ? order by workspace_id limit ?""")
                .params(after, most)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    /** In a workspace's own context. */
    int invitations(JdbcClient workspace, UUID id, Instant before, int most) {
        return workspace
                .sql("""
                        delete from tenancy.invitation where workspace_id = ? and invitation_id in (
                               select invitation_id from tenancy.invitation
                                where workspace_id = ? and expires_at < ? limit ?)""")
                .params(id, id, before.atOffset(ZoneOffset.UTC), most)
                .update();
    }
}
