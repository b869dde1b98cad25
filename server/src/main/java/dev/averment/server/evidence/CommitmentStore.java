package dev.averment.server.evidence;

import dev.averment.evidence.leaf.Disclosure;
import dev.averment.server.tenancy.WorkspaceContext;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Salts of values that a leaf commits to and that anybody who has them can write down again, such as what a page promises:
 * the value itself is not kept. For personal values there are {@link Disclosures}.
 */
public final class CommitmentStore {
    private CommitmentStore() {}

    /** Keeps the salt for a leaf that is about to be appended in the same transaction. */
    public static void keep(JdbcClient transaction, WorkspaceContext context, UUID leaf, Disclosure disclosure) {
        transaction
                .sql("insert into evidence.disclosure (workspace_id, leaf_id, path, salt) values (?, ?, ?, ?)")
                .params(
                        context.workspace(),
                        leaf,
                        disclosure.path(),
                        Base64.getUrlDecoder().decode(disclosure.salt()))
                .update();
    }

    /** The salt that was kept, as disclosures write it. */
    public static Optional<String> salt(JdbcClient transaction, UUID workspace, UUID leaf, String path) {
        return transaction
                .sql("""
                        select salt from evidence.disclosure
                         where workspace_id = ? and leaf_id = ? and path = ? and ciphertext is null""")
                .params(workspace, leaf, path)
                .query(byte[].class)
                .optional()
                .map(salt -> Base64.getUrlEncoder().withoutPadding().encodeToString(salt));
    }
}
