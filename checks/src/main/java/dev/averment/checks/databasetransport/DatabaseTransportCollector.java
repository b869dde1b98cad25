package dev.averment.checks.databasetransport;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Knocks in each way, and reads pg_stat_ssl as the runtime role, which sees its own sessions there. */
final class DatabaseTransportCollector implements Collector {
    static final String AS = ", as ";
    static final String UNPROVEN = "connection without password or certificate";
    static final String PLAIN = "connection without TLS";
    static final String TLS = "connection with TLS";
    static final String NO_CERTIFICATE = "connection without client certificate";

    /** So many sessions are listed one by one. */
    private static final int LISTED = 200;

    private static final String OWN =
            "select ssl, coalesce(version, ''), coalesce(cipher, ''), client_dn is not null from pg_stat_ssl"
                    + " where pid = pg_backend_pid()";

    private static final String SESSIONS = """
            select s.ssl, coalesce(s.version, ''), a.client_addr is null as local, a.datname
              from pg_stat_activity a
              join pg_stat_ssl s on s.pid = a.pid
             where a.usename = current_user and a.backend_type = 'client backend' and a.datname = current_database()
               and a.pid <> pg_backend_pid()
             order by a.backend_start
             limit %d""".formatted(LISTED);

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        Database.Transports transports = database.transports()
                .orElseThrow(
                        () -> new CollectException("The target does not let this check try a connection without TLS;"
                                + " add transports: {plain: true} under postgres in the target file."));
        List<Subject> subjects = new ArrayList<>();
        subjects.add(knock(() -> transports.connect(Database.Transport.PLAIN), PLAIN));
        subjects.add(knock(() -> transports.connect(Database.Transport.TLS), TLS));
        subjects.add(
                knock(() -> transports.connect(Database.Transport.TLS_WITHOUT_CLIENT_CERTIFICATE), NO_CERTIFICATE));
        for (String role : new TreeSet<>(transports.others())) {
            subjects.add(knock(() -> transports.connect(role, false), PLAIN + AS + role));
            subjects.add(knock(() -> transports.connect(role, true), UNPROVEN + AS + role));
        }
        List<Subject> sessions = sessions(database);
        subjects.addAll(sessions);
        Map<String, Object> values = new HashMap<>();
        values.put("sessions", (long) sessions.size());
        try {
            Optional<List<Subject>> rules = AccessRules.read(database);
            values.put("accessRules", rules.isPresent() ? "read" : "not shown");
            values.put("replaced", AccessRules.replaced(database));
            rules.ifPresent(subjects::addAll);
            settings(database, values);
        } catch (SQLException broken) {
            throw new CollectException(
                    "The server's rules of access could not be read (SQL state " + broken.getSQLState()
                            + "); see that the probe role of the target can connect.",
                    broken);
        }
        database.foreignAuthorities().ifPresent(foreign -> values.put("foreignAuthorities", foreign));
        return new Facts(look.clock().instant(), subjects, values);
    }

    /** Which versions are spoken is shown to few roles; {@code pg_file_settings} can be given to one by itself. */
    private static void settings(Database database, Map<String, Object> values) throws SQLException {
        try (Connection probe = database.connect(Database.Role.PROBE)) {
            setting(probe, "select setting from pg_catalog.pg_show_all_settings() where name = 'password_encryption'")
                    .ifPresent(hash -> values.put("passwordEncryption", hash));
            setting(
                            probe,
                            "select setting from pg_catalog.pg_show_all_settings() where name = 'ssl_min_protocol_version'")
                    .or(() -> inFile(probe))
                    .ifPresent(version -> values.put("oldestVersion", version));
        }
    }

    private static Optional<String> inFile(Connection probe) {
        try {
            return setting(
                    probe,
                    "select setting from pg_catalog.pg_show_all_file_settings() where name = 'ssl_min_protocol_version' order by seqno desc limit 1");
        } catch (SQLException notShown) {
            return Optional.empty();
        }
    }

    private static Optional<String> setting(Connection probe, String query) throws SQLException {
        try (PreparedStatement statement = probe.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        }
    }

    /** A way to the server's door. */
    @FunctionalInterface
    private interface Door {
        Connection knock() throws SQLException;
    }

    private static Subject knock(Door door, String name) {
        Map<String, Object> facts = new HashMap<>();
        try (Connection connection = door.knock();
                PreparedStatement statement = connection.prepareStatement(OWN);
                ResultSet rows = statement.executeQuery()) {
            facts.put("accepted", true);
            facts.put("sqlState", "none");
            if (rows.next()) {
                facts.put("ssl", rows.getBoolean(1));
                facts.put("version", rows.getString(2));
                facts.put("cipher", rows.getString(3));
                facts.put("clientCertificate", rows.getBoolean(4));
            }
        } catch (SQLException refused) {
            String state = refused.getSQLState();
            facts.put("accepted", false);
            facts.put("sqlState", state == null ? "unknown" : state);
        }
        return new Subject(name, facts);
    }

    private static List<Subject> sessions(Database database) throws CollectException {
        List<Subject> sessions = new ArrayList<>();
        try (Connection runtime = database.connect(Database.Role.RUNTIME);
                PreparedStatement statement = runtime.prepareStatement(SESSIONS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sessions.add(new Subject(
                        "session " + (sessions.size() + 1),
                        Map.of(
                                "ssl", rows.getBoolean(1),
                                "version", rows.getString(2),
                                "local", rows.getBoolean(3))));
            }
        } catch (SQLException broken) {
            throw new CollectException(
                    "The open sessions could not be read (SQL state " + broken.getSQLState()
                            + "); see that the runtime role of the target can connect.",
                    broken);
        }
        return sessions;
    }
}
