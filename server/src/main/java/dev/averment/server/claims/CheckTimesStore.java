package dev.averment.server.claims;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which checks of a page are scheduled, as the workspace sees it; taking them is the worker's business. */
final class CheckTimesStore {

    /**
     * Checks of claims that are gone leave the schedule; new ones are due at once, and so are those of {@code unanswered}.
     * A check that shall run more often than before does not wait for its old time.
     *
     * @param unanswered {@code claim/check} of checks that were changed since they last ran
     */
    void schedule(JdbcClient jdbc, UUID workspace, Page page, Collection<String> unanswered, Instant now) {
        var wanted = new ArrayList<String>();
        for (Claim claim : page.claims()) {
            for (CheckBinding binding : claim.checks()) {
                String name = claim.id() + "/" + binding.id();
                wanted.add(name);
                Instant latest = unanswered.contains(name) ? now : now.plus(binding.every());
                jdbc.sql("""
                                insert into claims.schedule as s
                                    (workspace_id, page_id, claim_id, check_id, every, due_at)
                                values (?, ?, ?, ?, make_interval(secs => ?), ?)
                                on conflict (workspace_id, page_id, claim_id, check_id)
                                    do update set every = excluded.every, due_at = least(s.due_at, ?)""")
                        .params(
                                workspace,
                                page.id(),
                                claim.id(),
                                binding.id(),
                                (double) binding.every().toSeconds(),
                                now.atOffset(ZoneOffset.UTC),
                                latest.atOffset(ZoneOffset.UTC))
                        .update();
            }
        }
        jdbc.sql("""
                        delete from claims.schedule
                         where workspace_id = ? and page_id = ? and not (claim_id || '/' || check_id = any (?))""")
                .params(workspace, page.id(), wanted.toArray(String[]::new))
                .update();
    }
}
