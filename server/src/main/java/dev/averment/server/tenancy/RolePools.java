package dev.averment.server.tenancy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** One small pool a role. There is none for the owner: its credential is used before the application exists. */
public final class RolePools implements AutoCloseable {
    private final Map<Role, HikariDataSource> pools = new EnumMap<>(Role.class);

    /** @param sizes connections at most, a role; a role that is left out has no pool */
    public RolePools(DatabaseAccess access, Map<Role, Integer> sizes) throws IOException {
        if (sizes.containsKey(Role.OWNER)) {
            throw new IllegalArgumentException("the owner has no pool");
        }
        try {
            for (var entry : sizes.entrySet()) {
                pools.put(entry.getKey(), open(access, entry.getKey(), entry.getValue()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static HikariDataSource open(DatabaseAccess access, Role role, int size) throws IOException {
        var config = new HikariConfig();
        config.setPoolName(role.roleName());
        config.setJdbcUrl(access.url(access.database()));
        config.setDataSourceProperties(access.properties(role.roleName()));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
        config.setMaxLifetime(Duration.ofMinutes(30).toMillis());
        config.setInitializationFailTimeout(Duration.ofSeconds(10).toMillis());
        return new HikariDataSource(config);
    }

    public HikariDataSource of(Role role) {
        HikariDataSource pool = pools.get(role);
        if (pool == null) {
            throw new IllegalArgumentException("no pool for " + role.roleName());
        }
        return pool;
    }

    @Override
    public void close() {
        pools.values().forEach(HikariDataSource::close);
    }
}
