package dev.averment.checks.databasetransport;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code database-transport}. */
public final class DatabaseTransportCheck implements CheckType {

    @Override
    public String name() {
        return "database-transport";
    }

    @Override
    public String description() {
        return "Tries to connect to the database without TLS, with TLS and without a client certificate, and reads how the"
                + " application's open connections are encrypted.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(new Settings.Setting(
                        "clientCertificate",
                        Settings.Kind.BOOLEAN,
                        false,
                        "true when the database must refuse connections without a client certificate.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Shows what the server answers to this client and address, for the roles that the target names; its rules for others"
                        + " are seen only where the probe role may run pg_hba_file_rules(), as the file says and not as the server"
                        + " last loaded it.",
                "Certificates of a foreign authority are found only where the authority file is on this machine; whose keys the"
                        + " authority's own holder signs is not.",
                "A proxy between this client and the database may answer in its place.",
                "Does not show whether the application verifies the server's certificate.",
                "Replication and backup connections are not looked at.");
    }

    @Override
    public Collector collector() {
        return new DatabaseTransportCollector();
    }

    @Override
    public Judge judge() {
        return new DatabaseTransportJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        boolean certificate = Boolean.TRUE.equals(expect.get("clientCertificate"));
        Map<String, Object> refused = Map.of("accepted", false, "sqlState", DatabaseTransportJudge.REFUSED);
        Map<String, Object> accepted = Map.of(
                "accepted",
                true,
                "sqlState",
                "none",
                "ssl",
                true,
                "version",
                "TLSv1.3",
                "cipher",
                "TLS_AES_256_GCM_SHA384",
                "clientCertificate",
                certificate);
        return new Facts(
                now,
                List.of(
                        new Subject(DatabaseTransportCollector.PLAIN, refused),
                        new Subject(DatabaseTransportCollector.TLS, accepted),
                        new Subject(DatabaseTransportCollector.NO_CERTIFICATE, certificate ? refused : accepted),
                        new Subject(
                                AccessRules.PREFIX + "1",
                                Map.of(
                                        "type",
                                        "hostssl",
                                        "method",
                                        "scram-sha-256",
                                        "options",
                                        "clientcert=verify-full",
                                        "everybody",
                                        true)),
                        new Subject("session 1", Map.of("ssl", true, "version", "TLSv1.3", "local", false))),
                Map.of(
                        "sessions",
                        1L,
                        "accessRules",
                        "read",
                        "oldestVersion",
                        "TLSv1.3",
                        "passwordEncryption",
                        "scram-sha-256",
                        "foreignAuthorities",
                        0L));
    }
}
