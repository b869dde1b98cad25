package dev.averment.checks.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An insert of a copy of one of a workspace's rows. Columns of keys get values that no row has yet, except the tenant and
 * columns of foreign keys, which must go on pointing at something.
 *
 * @param sql    the statement
 * @param values for its parameters
 */
public record FreshRow(String sql, Object[] values) {

    /** @param given columns that take this value instead, as text */
    public static FreshRow copyOf(TenantTable table, UUID workspace, Map<String, String> given) {
        List<String> names = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (TenantTable.Column column : table.columns()) {
            if (!column.insert()) {
                continue;
            }
            String value = given.get(column.name());
            if (value != null) {
                sources.add("?::" + column.type());
                values.add(value);
            } else if (column.key() && !column.foreign() && !column.name().equals(table.tenant())) {
                sources.add(fresh(column));
            } else if (column.select()) {
                sources.add(column.quoted());
            } else {
                continue; // can't be read, so can't be copied: its default must do
            }
            names.add(column.quoted());
        }
        values.add(workspace);
        return new FreshRow(
                "insert into " + table.sql() + " (" + String.join(", ", names) + ") select "
                        + String.join(", ", sources) + " from " + table.sql() + " where " + table.tenantSql()
                        + " = ? limit 1",
                values.toArray());
    }

    private static String fresh(TenantTable.Column column) {
        String type = column.type();
        if (type.equals("uuid")) {
            return "gen_random_uuid()";
        }
        if (type.equals("text") || type.startsWith("character varying")) {
            return "left('probe-' || gen_random_uuid(), 30)::" + type;
        }
        if (type.equals("smallint") || type.equals("integer") || type.equals("bigint")) {
            return "(random() * -30000)::" + type; // nobody numbers downwards
        }
        if (type.startsWith("timestamp")) {
            return "clock_timestamp()::" + type;
        }
        if (type.equals("bytea")) {
            return "convert_to(gen_random_uuid()::text, 'UTF8')";
        }
        return column.quoted(); // no way to make one up; the key says if it minds
    }
}
