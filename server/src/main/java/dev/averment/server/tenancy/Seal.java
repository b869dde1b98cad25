package dev.averment.server.tenancy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.PGConnection;

/**
 * Enters a workspace for the rest of a transaction. {@code tenancy.enter} takes an HMAC-SHA256 over
 * {@code workspace|actor|backend} and puts both into a parameter of the server that no role that connects may set. The
 * seal goes as a bound value, which no SQL on any connection can read: there is nothing to copy afterwards.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENTER = "select tenancy.enter(?, ?, ?)";

    private final SecretKeySpec key;

    /** @param hexKey 64 hex digits, as the data folder keeps them */
    public Seal(String hexKey) {
        this.key = new SecretKeySpec(HexFormat.of().parseHex(hexKey), ALGORITHM);
    }

    /**
     * Must run inside a transaction, as its first statement: the driver then sends BEGIN with it, in one round trip, and
     * the context ends with the transaction.
     */
    public void enter(Connection connection, WorkspaceContext context) throws SQLException {
        if (connection.getAutoCommit()) {
            throw new SQLException("a workspace context needs an open transaction", "25P01");
        }
        enter(connection, context, of(connection, context));
    }

    /** The seal that opens {@code context} on that connection, and on no other. */
    public byte[] of(Connection connection, WorkspaceContext context) throws SQLException {
        int backend = connection.unwrap(PGConnection.class).getBackendPID();
        return mac(context.workspace().toString() + '|' + context.actor() + '|' + backend);
    }

    /** Enters with a seal that was made elsewhere: what a check does that tries a wrong one. */
    public static void enter(Connection connection, WorkspaceContext context, byte[] seal) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(ENTER)) {
            s.setObject(1, context.workspace());
            s.setString(2, context.actor());
            s.setBytes(3, seal);
            s.execute();
        }
    }

    private byte[] mac(String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
