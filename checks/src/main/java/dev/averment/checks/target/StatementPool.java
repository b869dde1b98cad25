package dev.averment.checks.target;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A small pool of the runtime role's connections that does what the target file says that the application's does: what its
 * unit of work says first when it has no tenant, and what the pool says when a connection comes back.
 */
final class StatementPool implements Database.Pool {

    /** Opens a connection of the runtime role. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /**
     * @param begin said first in a transaction without a tenant
     * @param end   said when a connection comes back, outside any transaction
     */
    record Habits(Optional<String> begin, Optional<String> end) {}

    private final Opening opening;
    private final Habits habits;
    private final Deque<Connection> idle = new ArrayDeque<>();

    StatementPool(Opening opening, Habits habits) {
        this.opening = opening;
        this.habits = habits;
    }

    @Override
    public synchronized Connection withoutWorkspace() throws SQLException {
        Connection real = idle.isEmpty() ? opening.open() : idle.pop();
        try {
            real.setAutoCommit(false);
            say(real, habits.begin());
            return lent(real);
        } catch (SQLException broken) {
            real.close();
            throw broken;
        }
    }

    private Connection lent(Connection real) {
        return (Connection) Proxy.newProxyInstance(
                StatementPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        takeBack(real);
                        return null;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private synchronized void takeBack(Connection real) throws SQLException {
        try {
            real.rollback();
            real.setAutoCommit(true); // statements such as DISCARD ALL run in no transaction
            say(real, habits.end());
            idle.push(real);
        } catch (SQLException broken) {
            real.close();
            throw broken;
        }
    }

    private static void say(Connection connection, Optional<String> sql) throws SQLException {
        if (sql.isPresent()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql.get());
            }
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }
}
