package dev.averment.server.database;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the database's roles to what {@link Role} says, as an administrator who need not be a superuser: a role that may
 * create roles and databases is enough, on PostgreSQL 15 (where it may administer every role but superusers) and later
 * (where it may administer the roles that it made).
 *
 * <p>What a superuser alone may alter is named only when it must be altered: {@code ALTER ROLE … NOSUPERUSER} is refused
 * to everybody else even when it would change nothing.
 */
final class RolePreparation {
    private final Statement statement;
    private final DataFolder data;
    private final DatabaseAccess access;

    RolePreparation(Statement statement, DataFolder data, DatabaseAccess access) {
        this.statement = statement;
        this.data = data;
        this.access = access;
    }

    void run() throws SQLException, IOException, StartException {
        boolean superuser = holds("select 1 from pg_roles where rolname = current_user and rolsuper");
        for (Role role : Role.values()) {
            String name = role.roleName();
            if (!holds("select 1 from pg_roles where rolname = '" + name + "'")) {
                statement.execute("create role " + name + " " + inherit(role) + " " + login(role));
            } else {
                correct(role, superuser);
                resetSettings(name);
            }
            if (role.login()) {
                statement.execute(
                        "alter role " + name + " password '" + ScramVerifier.of(data.secret("role-" + name)) + "'");
            }
        }
        guardContext(superuser);
        // The owner defines the seal's function and then gives it away; it needs to be a member for that.
        if (!holds("select 1 where pg_has_role('averment_owner', 'averment_seal', 'member')")) {
            statement.execute("grant averment_seal to averment_owner");
        }
        if (!holds("select 1 from pg_database where datname = '" + access.database() + "'")) {
            createDatabase(superuser);
        }
    }

    /**
     * A role may set its own defaults: one statement of injected SQL, such as default_transaction_read_only, would otherwise
     * keep the server from ever starting again.
     */
    private void resetSettings(String role) throws SQLException {
        var databases = new ArrayList<String>();
        try (ResultSet r = statement.executeQuery("""
                select coalesce(quote_ident(d.datname), '')
                  from pg_db_role_setting s
                  join pg_roles r on r.oid = s.setrole
                  left join pg_database d on d.oid = s.setdatabase
                 where r.rolname = '""" + role + "'")) {
            while (r.next()) {
                databases.add(r.getString(1));
            }
        }
        for (String database : databases) {
            statement.execute(
                    "alter role " + role + (database.isEmpty() ? "" : " in database " + database) + " reset all");
        }
    }

    /** Where a transaction's context is kept: everybody may read the parameter, and only tenancy.enter may set it. */
    private void guardContext(boolean superuser) throws SQLException, StartException {
        String parameter = Preparation.CONTEXT_PARAMETER;
        if (holds("select 1 where has_parameter_privilege('averment_seal', '" + parameter + "', 'set')")) {
            return;
        }
        if (!superuser
                && !holds("select 1 where has_parameter_privilege(current_user, '" + parameter
                        + "', 'set with grant option')")) {
            throw new StartException(
                    "The role " + access.administrator() + " can't give away the parameter that holds the"
                            + " workspace context. Have a superuser run: grant set on parameter " + parameter + " to "
                            + access.administrator() + " with grant option; and start again.");
        }
        statement.execute("grant set on parameter " + parameter + " to averment_seal");
    }

    /** Only who could become the owner may give it a database; afterwards the administrator is no member of it. */
    private void createDatabase(boolean superuser) throws SQLException {
        boolean member =
                superuser || holds("select 1 where pg_has_role(current_user, 'averment_owner', 'member')") && !made();
        if (!member) {
            statement.execute("grant averment_owner to current_user");
        }
        try {
            statement.execute("create database " + access.database()
                    + " owner averment_owner encoding 'UTF8' template template0");
        } finally {
            if (!member) {
                statement.execute("revoke averment_owner from current_user");
            }
        }
    }

    /**
     * Since PostgreSQL 16 who makes a role is a member of it by that alone, and may administer it, but not become it: such
     * a membership does not suffice.
     */
    private boolean made() throws SQLException {
        return holds("select 1 where current_setting('server_version_num')::int >= 160000")
                && !holds("select 1 where pg_has_role(current_user, 'averment_owner', 'set')");
    }

    private void correct(Role role, boolean superuser) throws SQLException, StartException {
        String name = role.roleName();
        var wrong = new ArrayList<String>();
        var needSuperuser = new ArrayList<String>();
        try (ResultSet r = statement.executeQuery("""
                select rolsuper, rolreplication, rolbypassrls, rolcreatedb, rolcreaterole, rolinherit, rolcanlogin
                  from pg_roles where rolname = '""" + name + "'")) {
            r.next();
            note(r.getBoolean("rolsuper"), "nosuperuser", needSuperuser);
            note(r.getBoolean("rolreplication"), "noreplication", needSuperuser);
            note(r.getBoolean("rolbypassrls"), "nobypassrls", needSuperuser);
            note(r.getBoolean("rolcreatedb"), "nocreatedb", wrong);
            note(r.getBoolean("rolcreaterole"), "nocreaterole", wrong);
            note(r.getBoolean("rolinherit") != (role == Role.OWNER), inherit(role), wrong);
            note(r.getBoolean("rolcanlogin") != role.login(), login(role), wrong);
        }
        if (!needSuperuser.isEmpty() && !superuser) {
            throw new StartException("The role " + name + " has rights that it must not have, and "
                    + access.administrator()
                    + " can't take them away because it is no superuser. Have a superuser run: "
                    + "alter role " + name + " " + String.join(" ", needSuperuser) + "; and start again.");
        }
        wrong.addAll(needSuperuser);
        if (!wrong.isEmpty()) {
            statement.execute("alter role " + name + " " + String.join(" ", wrong));
        }
    }

    private static void note(boolean differs, String remedy, List<String> remedies) {
        if (differs) {
            remedies.add(remedy);
        }
    }

    private static String inherit(Role role) {
        return role == Role.OWNER ? "inherit" : "noinherit";
    }

    private static String login(Role role) {
        return role.login() ? "login" : "nologin";
    }

    private boolean holds(String query) throws SQLException {
        try (ResultSet r = statement.executeQuery(query)) {
            return r.next();
        }
    }
}
