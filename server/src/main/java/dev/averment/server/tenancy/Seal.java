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
 * Sets the workspace context of a transaction and seals it: HMAC-SHA256 over {@code workspace|actor|backend}, which
 * {@code tenancy.workspace()} checks. A seal is worth nothing on another connection, in another workspace, or for
 * another actor.
 */
public final class Seal {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String ENTER = """
            select set_config('averment.workspace', ?, true),
                   set_config('averment.actor', ?, true),
                   set_config('averment.seal', ?, true)""";

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
        String workspace = context.workspace().toString();
        int backend = connection.unwrap(PGConnection.class).getBackendPID();
        try (PreparedStatement s = connection.prepareStatement(ENTER)) {
            s.setString(1, workspace);
            s.setString(2, context.actor());
            s.setString(3, mac(workspace + '|' + context.actor() + '|' + backend));
            s.execute();
        }
    }

    private String mac(String message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
