package dev.averment.checks.databasetransport;

import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.Seen;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of {@code pg_hba.conf}, where the probe role may run the function {@code pg_hba_file_rules}: they tell of doors that
 * this client, role and address can't knock at. The first line that fits a connection decides.
 */
final class AccessRules {
    static final String PREFIX = "access rule, line ";

    private static final int LISTED = 500;

    private static final String RULES = """
            select line_number, coalesce(type, 'unreadable') as type, coalesce(auth_method, 'unreadable') as method,
                   array_to_string(coalesce(options, '{}'), ' ') as options,
                   database = '{all}' and user_name = '{all}' and address = 'all' as everybody
              from pg_catalog.pg_hba_file_rules()
             order by line_number
             limit %d""".formatted(LISTED);

    private static final Set<String> TYPES =
            Set.of("local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc");

    /** Without any proof, with a password that can be read or is kept weakly hashed, or on the word of the other machine. */
    private static final Set<String> WEAK = Set.of("trust", "password", "md5", "ident");

    private static final Set<String> STRONG =
            Set.of("reject", "scram-sha-256", "cert", "peer", "gss", "sspi", "ldap", "radius", "pam", "bsd", "oauth");

    /** The functions asked here and in the collector, which must be those of the server's own program. */
    private static final String REPLACED = """
            select string_agg(p.proname, ', ' order by p.proname)
              from pg_catalog.pg_proc p
              join pg_catalog.pg_language l on l.oid = p.prolang
             where p.pronamespace = 'pg_catalog'::regnamespace
               and p.proname in ('pg_hba_file_rules', 'pg_show_all_file_settings', 'pg_show_all_settings',
                                 'pg_stat_get_activity')
               and (l.lanname <> 'internal' or p.oid >= 16384
                    or p.prosrc <> case p.proname when 'pg_show_all_settings' then 'show_all_settings'
                                                  when 'pg_show_all_file_settings' then 'show_all_file_settings'
                                                  else p.proname end)""";

    private AccessRules() {}

    /** Functions of the server that somebody put another in the place of; empty when each is the server's own. */
    static String replaced(Database database) throws SQLException {
        try (Connection probe = database.connect(Database.Role.PROBE);
                Statement statement = probe.createStatement();
                ResultSet rows = statement.executeQuery(REPLACED)) {
            return rows.next() && rows.getString(1) != null ? rows.getString(1) : "";
        }
    }

    /** Empty when the role may not see them, which on most databases it may not. */
    static Optional<List<Subject>> read(Database database) throws SQLException {
        try (Connection probe = database.connect(Database.Role.PROBE);
                Statement statement = probe.createStatement();
                ResultSet rows = statement.executeQuery(RULES)) {
            List<Subject> rules = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> facts = new HashMap<>();
                facts.put("type", rows.getString("type"));
                facts.put("method", rows.getString("method"));
                facts.put("options", rows.getString("options"));
                facts.put("everybody", rows.getBoolean("everybody"));
                rules.add(new Subject(PREFIX + rows.getInt("line_number"), facts));
            }
            return Optional.of(rules);
        } catch (SQLException refused) {
            if (Attempt.REFUSED.equals(refused.getSQLState())) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * What is wrong with the lines.
     *
     * @param refutes false when it is only not known whether something is
     */
    record Flaw(boolean refutes, String what) {}

    static Optional<Flaw> flaw(List<Subject> subjects, boolean certificate) {
        boolean plainRefused = false;
        Optional<Flaw> unknown = Optional.empty();
        for (Subject rule : subjects) {
            if (!rule.name().startsWith(PREFIX)) {
                continue;
            }
            String type = Seen.text(rule.facts(), "type");
            String method = Seen.text(rule.facts(), "method");
            String options = Seen.text(rule.facts(), "options");
            if (!TYPES.contains(type)
                    || !WEAK.contains(method) && !STRONG.contains(method)
                    || Seen.flag(rule.facts(), "everybody").isEmpty()
                    || !(rule.facts().get("options") instanceof String)) {
                unknown = Optional.of(new Flaw(false, "The " + rule.name() + ", can't be understood."));
                continue;
            }
            if (method.equals("reject")) {
                plainRefused |= type.equals("hostnossl") && Seen.is(rule, "everybody");
                continue;
            }
            Optional<String> wrong = wrong(type, method, options, plainRefused, certificate);
            if (wrong.isPresent()) {
                return Optional.of(new Flaw(true, "The " + rule.name() + ", lets connections in " + wrong.get() + "."));
            }
        }
        return unknown;
    }

    private static Optional<String> wrong(
            String type, String method, String options, boolean plainRefused, boolean certificate) {
        if (WEAK.contains(method)) {
            return Optional.of("by the method " + method);
        }
        boolean local = type.equals("local");
        if (!local && !type.equals("hostssl") && !plainRefused) {
            return Optional.of("without TLS");
        }
        boolean shown = !local && (method.equals("cert") || options.contains("clientcert=verify-"));
        if (certificate && !shown) {
            return Optional.of((local ? "over the local socket " : "") + "without a client certificate");
        }
        return Optional.empty();
    }
}
