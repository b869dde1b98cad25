package dev.averment.server.proving;

import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.OptionalLong;

/** From whom the embedded database, which is on this machine, takes clients' certificates. */
final class ClientAuthorities {
    private ClientAuthorities() {}

    /** Authorities in its file that did not sign its own certificate; empty when its files can't be read. */
    static OptionalLong foreign(DatabaseAccess access) {
        try (Connection connection = access.connect(Role.PROBE.roleName());
                Statement s = connection.createStatement();
                ResultSet r =
                        s.executeQuery("select current_setting('ssl_ca_file'), current_setting('ssl_cert_file')")) {
            r.next();
            Certificate server =
                    certificates(Path.of(r.getString(2))).iterator().next();
            return OptionalLong.of(certificates(Path.of(r.getString(1))).stream()
                    .filter(authority -> !signed(authority, server))
                    .count());
        } catch (IOException | SQLException | GeneralSecurityException e) {
            return OptionalLong.empty();
        }
    }

    private static boolean signed(Certificate authority, Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
