package dev.averment.server.proving;

import dev.averment.checks.Target;
import dev.averment.checks.target.Database;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import java.io.IOException;
import java.util.Optional;

/** Makes the target that is this very server. */
public final class InstanceTargets {
    private InstanceTargets() {}

    /** @param pool the runtime role's connections, as application code gets them */
    public static Target own(DataFolder data, DatabaseAccess access, Instance instance, Database.Pool pool)
            throws IOException {
        return InstanceTarget.of(data, access, instance, Optional.of(pool));
    }
}
