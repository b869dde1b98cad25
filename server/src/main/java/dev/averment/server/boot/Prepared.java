package dev.averment.server.boot;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application is given when it starts: a locked data folder, a migrated database, a page that loaded.
 *
 * @param registers   file with register entries to seed, absent when the page has none
 * @param readingPort plain HTTP on the loopback address, 0 for none
 * @param schedule    whether the server runs its checks by itself
 */
public record Prepared(
        DataFolder data,
        DatabaseAccess access,
        Page page,
        @Nullable Path registers,
        int port,
        int readingPort,
        boolean schedule) {

    /** TLS versions that the page's policy allows; 1.2 and 1.3 when it says nothing. */
    public List<String> tlsVersions() {
        return page.policy().get("tls") instanceof Map<?, ?> tls && "1.3".equals(String.valueOf(tls.get("min")))
                ? List.of("TLSv1.3")
                : List.of("TLSv1.2", "TLSv1.3");
    }
}
