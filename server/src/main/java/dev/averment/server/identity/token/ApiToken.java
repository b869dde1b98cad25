package dev.averment.server.identity.token;

import dev.averment.server.identity.workspace.Permission;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A program's token, without its secret.
 *
 * @param used when it was last used, to the minute; null for never
 */
public record ApiToken(
        UUID id,
        UUID account,
        UUID workspace,
        String name,
        Set<Permission> scopes,
        Instant made,
        Instant expires,
        @Nullable Instant used) {
    public ApiToken {
        scopes = Set.copyOf(scopes);
    }
}
