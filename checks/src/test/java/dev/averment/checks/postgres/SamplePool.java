package dev.averment.checks.postgres;

import dev.averment.checks.target.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A small pool: closing gives back, and what one borrower sets on the session the next one finds, unless it forgets. */
public final class SamplePool implements Database.Pool {
    private final Database database;
    private final boolean forgets;
    private final Deque<Connection> idle = new ArrayDeque<>();

    private SamplePool(Database database, boolean forgets) {
        this.database = database;
        this.forgets = forgets;
    }

    /** Every unit of work begins by setting the context, be it to none. */
    public static SamplePool thatForgets(Database database) {
        return new SamplePool(database, true);
    }

    /** A unit of work without a workspace sets nothing. */
    public static SamplePool thatRemembers(Database database) {
        return new SamplePool(database, false);
    }

    @Override
    public Connection withoutWorkspace() throws SQLException {
        Connection real = idle.isEmpty() ? database.connect(Database.Role.RUNTIME) : idle.pop();
        real.setAutoCommit(false);
        if (forgets) {
            SampleDatabase.set(real, "", "", true);
        }
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        real.rollback();
                        idle.add(real);
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
