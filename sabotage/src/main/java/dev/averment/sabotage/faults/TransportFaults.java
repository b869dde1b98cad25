package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import dev.averment.sabotage.edge.EdgeRule.Kind;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** What weakens the way to the server and to its database. */
public final class TransportFaults {
    private static final String HSTS = "Strict-Transport-Security";

    private TransportFaults() {}

    /** For {@code tls-versions}. */
    public static List<Sabotage> tls(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        if (String.valueOf(bound.check().expect().get("min")).equals("1.3")) {
            faults.add(PageEdit.fault(
                    "tls-1.2-allowed",
                    "The policy in force allows TLS 1.2 where the page promises 1.3.",
                    "(?m)^(  tls: \\{.*?min: )\"?1\\.3\"?",
                    "$1\"1.2\""));
        }
        faults.add(new Sabotage.AtStart(
                "tls-1.1-allowed",
                "The edge allows TLS 1.1, and the Java machine no longer forbids it.",
                sound -> sound.with("-Dspring.ssl.bundle.pem.web.options.enabled-protocols=TLSv1.1,TLSv1.2,TLSv1.3")
                        .with("-Djava.security.properties=" + securityProperties())));
        return faults;
    }

    /** Java itself switches old versions off; an operator who wants them back writes such a file. */
    private static Path securityProperties() throws PlantException {
        try {
            Path file = Files.createTempFile("averment-sabotage-", ".security");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "jdk.tls.disabledAlgorithms=NULL\njdk.tls.legacyAlgorithms=NULL\n");
        } catch (IOException e) {
            throw new PlantException("no file can be made: " + e.getMessage(), e);
        }
    }

    /** For {@code http-headers}. */
    public static List<Sabotage> headers(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        if (bound.check().expect().containsKey("hsts")) {
            faults.add(Edge.fault(
                    "hsts-missing-on-one-route",
                    "One route answers without " + HSTS + ".",
                    new EdgeRule(Kind.HEADER, "/health", HSTS, "")));
            faults.add(Edge.fault(
                    "hsts-twice-on-one-route",
                    "One route answers with " + HSTS + " twice, and the second one takes the first back.",
                    new EdgeRule(Kind.HEADER, "/health", HSTS, "max-age=63072000; includeSubDomains, max-age=0")));
            faults.add(PageEdit.fault(
                    "hsts-of-one-day",
                    "The policy in force asks browsers to remember TLS for one day.",
                    "(?m)^(  hsts: \\{.*?maxAge: )\\w+",
                    "$11d"));
        }
        if (bound.check().expect().containsKey("plain")) {
            faults.add(Edge.fault(
                    "plain-http-answered",
                    "The plain listener passes for a secure one and answers everything.",
                    new EdgeRule(Kind.PLAIN_AS_SECURE, ".*", "", "")));
        }
        return faults;
    }

    /** For {@code cache-rules}. */
    public static List<Sabotage> caches() {
        return List.of(
                Edge.fault(
                        "no-store-missing",
                        "Answers to signed-in requests may be stored.",
                        new EdgeRule(Kind.HEADER, "/api/.*", "Cache-Control", "private, max-age=60")),
                Edge.fault(
                        "edge-cache-overruled",
                        "Answers to signed-in requests tell a cache at the edge to keep them.",
                        new EdgeRule(Kind.HEADER, "/api/.*", "CDN-Cache-Control", "public, max-age=60")),
                Edge.fault(
                        "cookie-in-cacheable-answer",
                        "An answer that caches may keep sets a cookie.",
                        new EdgeRule(Kind.HEADER, "/pages/[^/]+", "Set-Cookie", "sabotage=1; Path=/")));
    }

    /** For {@code database-transport}. */
    public static List<Sabotage> database(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        faults.add(access(
                "database-without-tls",
                "The database takes connections without TLS.",
                "hostnossl all all 127.0.0.1/32 scram-sha-256"));
        if (Boolean.TRUE.equals(bound.check().expect().get("clientCertificate"))) {
            faults.add(access(
                    "database-without-certificate",
                    "The database takes connections over TLS without a client's certificate.",
                    "hostssl all all 127.0.0.1/32 scram-sha-256"));
            faults.add(new Sabotage.Live(
                    "database-believes-another-authority",
                    "The database takes clients' certificates from an authority of somebody else's too.",
                    Verdict.FAILING,
                    instance -> {
                        Path file = instance.data("tls/ca.crt");
                        try {
                            String before = Files.readString(file);
                            rewrite(instance, file, before + somebodysAuthority());
                            return () -> rewrite(instance, file, before);
                        } catch (IOException | GeneralSecurityException e) {
                            throw new PlantException(file + " can't be added to: " + e.getMessage(), e);
                        }
                    }));
        }
        faults.add(access(
                "database-without-tls-for-one-role",
                "The database takes the connections of the role that signs logs without TLS.",
                "hostnossl averment averment_log 127.0.0.1/32 scram-sha-256"));
        faults.add(access(
                "database-trusts-the-socket",
                "The database believes whoever comes over its local socket.",
                "local all all trust"));
        faults.add(access(
                "database-trusts-over-tls",
                "The database asks one role for no password.",
                "hostssl postgres averment_owner 127.0.0.1/32 trust clientcert=verify-full"));
        return faults;
    }

    /** PEM of one of the authorities that Java comes with. */
    private static String somebodysAuthority() throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        byte[] der = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0].getEncoded();
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** The first line that fits a connection decides. */
    private static Sabotage access(String id, String breaks, String line) {
        return new Sabotage.Live(id, breaks, Verdict.FAILING, instance -> {
            Path file = instance.cluster("pg_hba.conf");
            try {
                String before = Files.readString(file);
                rewrite(instance, file, line + "\n" + before);
                return () -> rewrite(instance, file, before);
            } catch (IOException e) {
                throw new PlantException(file + " can't be read: " + e.getMessage(), e);
            }
        });
    }

    private static void rewrite(Instance instance, Path file, String text) throws PlantException, InterruptedException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new PlantException(file + " can't be written: " + e.getMessage(), e);
        }
        instance.reload();
    }
}
