package dev.averment.checks.postgres;

import java.util.List;
import java.util.Optional;

/**
 * A table that holds rows of tenants, and what the runtime role may do with it.
 *
 * @param schema     its schema
 * @param name       its name
 * @param tenant     name of the tenant column
 * @param select     whether the tenant column may be read
 * @param delete     whether rows may be deleted, by privilege
 * @param appendOnly whether the application's reviewed list calls it append-only
 * @param columns    in the table's order
 */
public record TenantTable(
        String schema,
        String name,
        String tenant,
        boolean select,
        boolean delete,
        boolean appendOnly,
        List<Column> columns) {
    public TenantTable {
        columns = List.copyOf(columns);
    }

    /**
     * @param name     its name
     * @param type     as PostgreSQL prints it, such as {@code timestamp with time zone}
     * @param select   whether the runtime role may read it
     * @param insert   whether it may give a value on insert: privileged and not generated
     * @param update   whether it may change it: privileged and not generated
     * @param key      whether it is part of the primary key or of a unique index
     * @param foreign  whether it is part of a foreign key
     */
    public record Column(
            String name, String type, boolean select, boolean insert, boolean update, boolean key, boolean foreign) {
        public String quoted() {
            return quote(name);
        }
    }

    /** {@code schema.table}, as people and allow-lists write it. */
    public String label() {
        return schema + "." + name;
    }

    /** The name as SQL. */
    public String sql() {
        return quote(schema) + "." + quote(name);
    }

    /** The tenant column as SQL. */
    public String tenantSql() {
        return quote(tenant);
    }

    public boolean insertable() {
        return columns.stream().anyMatch(Column::insert);
    }

    public boolean updatable() {
        return columns.stream().anyMatch(Column::update);
    }

    /** False when the runtime role has no privilege on it at all. */
    public boolean reachable() {
        return delete || columns.stream().anyMatch(c -> c.select() || c.insert() || c.update());
    }

    public Optional<Column> column(String column) {
        return columns.stream().filter(c -> c.name().equals(column)).findFirst();
    }

    /** An identifier in double quotes. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
