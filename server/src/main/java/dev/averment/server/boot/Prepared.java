package dev.averment.server.boot;

import dev.averment.claims.Page;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the application is given when it starts: a locked data folder, a migrated database, a page that loaded.
 *
 * @param registers   file with register entries to seed, absent when the page has none
 * @param readingPort plain HTTP on the loopback address, 0 for none
 * @param schedule    whether the server runs its checks by itself
 * @param postgresPid of the embedded database, 0 when there is none
 */
public record Prepared(
        DataFolder data,
        DatabaseAccess access,
        Page page,
        @Nullable Path registers,
        int port,
        int readingPort,
        boolean schedule,
        long postgresPid) {}
