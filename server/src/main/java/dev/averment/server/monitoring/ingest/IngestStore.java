package dev.averment.server.monitoring.ingest;

import dev.averment.server.monitoring.ingest.Signal.Address;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The one statement of {@code averment_ingest}: a batch goes in, and comes back with what became of each row. */
final class IngestStore implements GroupCommit.Sink {
    /** A server that does not answer for so long has lost its batch: nobody waits for ever on a socket. */
    private static final int SILENCE_MILLIS = 10_000;

    private static final String INGEST = """
            select place, outcome, in_workspace, of_monitor, number
              from monitoring.ingest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private final DataSource pool;

    IngestStore(DataSource ingestPool) {
        this.pool = ingestPool;
    }

    /** In one transaction, which is committed when this returns. */
    @Override
    public List<Recorded> write(List<Signal> batch) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
            try (PreparedStatement statement = connection.prepareStatement(INGEST)) {
                fill(connection, statement, batch);
                return read(statement, batch.size());
            }
        }
    }

    private static void fill(Connection connection, PreparedStatement statement, List<Signal> batch)
            throws SQLException {
        var columns = new Columns(connection, statement);
        columns.add("uuid", batch, s -> s.to() instanceof Address.ByPingId by ? by.id() : null);
        columns.add("bytea", batch, s -> s.to() instanceof Address.BySlug by ? by.keyHash() : null);
        columns.add("text", batch, s -> s.to() instanceof Address.BySlug by ? by.slug() : null);
        columns.add("uuid", batch, s -> s.to() instanceof Address.ByToken by ? by.monitor() : null);
        columns.add("uuid", batch, Signal::token);
        columns.add("int8", batch, s -> micros(s.at()));
        columns.add("int2", batch, s -> (short) s.kind());
        columns.add("int2", batch, s -> s.exit() == null ? null : s.exit().shortValue());
        columns.add("uuid", batch, Signal::run);
        columns.add("text", batch, s -> s.client().method());
        columns.add("text", batch, s -> s.client().scheme());
        columns.add("text", batch, s -> s.client().address());
        columns.add("text", batch, s -> s.client().agent());
        List<Long> places = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        List<String> metrics = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Output output = batch.get(i).output();
            if (output != null) {
                places.add(i + 1L);
                outputs.add(output);
                metrics.add(batch.get(i).metrics());
            }
        }
        columns.add("int8", places, p -> p);
        columns.add("text", outputs, Output::head);
        columns.add("text", outputs, Output::tail);
        columns.add("int8", outputs, Output::size);
        columns.add("int8", outputs, Output::leftOut);
        columns.add("bytea", outputs, Output::digest);
        columns.add("int4", outputs, Output::redactions);
        columns.add("text", outputs, Output::redacted);
        columns.add("text", metrics, m -> m);
    }

    static long micros(Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** One array a parameter, in order. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private int last;

        Columns(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        <T> void add(String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
            @Nullable
            Object[] all = switch (type) {
                case "bytea" -> new byte[rows.size()][];
                case "int8" -> new Long[rows.size()];
                case "int4" -> new Integer[rows.size()];
                case "int2" -> new Short[rows.size()];
                case "text" -> new String[rows.size()];
                default -> new Object[rows.size()];
            };
            for (int i = 0; i < all.length; i++) {
                all[i] = value.apply(rows.get(i));
            }
            statement.setArray(++last, connection.createArrayOf(type, all));
        }
    }

    private static List<Recorded> read(PreparedStatement statement, int size) throws SQLException {
        Recorded[] all = new Recorded[size];
        try (ResultSet r = statement.executeQuery()) {
            while (r.next()) {
                all[(int) r.getLong(1) - 1] = new Recorded(
                        Recorded.Outcome.of(r.getInt(2)),
                        r.getObject(3, UUID.class),
                        r.getObject(4, UUID.class),
                        r.getLong(5));
            }
        }
        for (Recorded each : all) {
            if (each == null) {
                throw new SQLException("the database answered for fewer rows than it was given", "XX000");
            }
        }
        return List.of(all);
    }
}
