package dev.averment.checks.tlsversions;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code tls-versions}. */
public final class TlsVersionsCheck implements CheckType {

    @Override
    public String name() {
        return "tls-versions";
    }

    @Override
    public String description() {
        return "Begins handshakes at TLS 1.0, 1.1, 1.2 and 1.3, with the server's name, without and with a foreign one, and with every cipher"
                + " suite, and notes which of them the server accepts.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("host", Kind.TEXT, false, "Host to connect to; the site's own by default."),
                        new Setting("port", Kind.INTEGER, false, "Port to connect to; the site's own by default.")),
                List.of(
                        new Setting("min", Kind.TEXT, true, "Oldest version that may be accepted: 1.2 or 1.3."),
                        new Setting(
                                "host",
                                Kind.TEXT,
                                false,
                                "Host that the promise is about, where it is not the site's own.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Only the address that answered is seen: another server behind the same name may be set up differently.",
                "Suites are offered up to eighty at once; a server that takes an old version only from a certain client, or only"
                        + " with one suite and no other beside it, is not noticed.",
                "SSL 2 and SSL 3 are not tried.",
                "Revocation of the certificate is not looked up.");
    }

    @Override
    public Collector collector() {
        return new TlsVersionsCollector();
    }

    @Override
    public Judge judge() {
        return new TlsVersionsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        TlsVersion floor = TlsVersion.ofNumber(FactReader.text(expect, "min")).orElse(TlsVersion.TLS_1_3);
        List<Subject> subjects = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            boolean accepted = version.compareTo(floor) >= 0;
            subjects.add(new Subject(
                    version.label(),
                    Map.of("accepted", accepted, "answered", accepted ? version.label() : "protocol version")));
        }
        return new Facts(
                now,
                subjects,
                Map.of(
                        "host",
                        expect.containsKey("host") ? FactReader.text(expect, "host") : "example.org",
                        "siteHost",
                        "example.org",
                        "address",
                        "example.org:443",
                        "completed",
                        true,
                        "protocol",
                        "TLSv1.3",
                        "cipher",
                        "TLS_AES_256_GCM_SHA384",
                        "certificateNotAfter",
                        now.plus(Duration.ofDays(60)).toString()));
    }
}
