package dev.averment.checks.tlsversions;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * Connections at each version, with the name of the server, without one and with a foreign one, and with every suite that the
 * usual ones leave out, each stopped after the server's first answer; then one
 * complete handshake for the certificate.
 */
final class TlsVersionsCollector implements Collector {
    /** A name that is nobody's (RFC 6761 §6.4). */
    private static final String FOREIGN = "averment-probe.invalid";

    @Override
    public Facts collect(Look look) throws CollectException {
        Web web = look.target().require(Web.class);
        SettingReader with = new SettingReader(look.with());
        String host = with.text("host").orElse(web.host());
        int port = with.integer("port", web.port());
        if (port < 1 || port > 65_535) {
            throw SettingReader.refused("port", port, "between 1 and 65535");
        }
        List<Subject> subjects = new ArrayList<>();
        for (TlsVersion version : TlsVersion.values()) {
            subjects.add(new Subject(version.label(), attempts(web, version, host, port)));
        }
        Map<String, Object> values = handshake(web, host, port);
        values.put("host", host);
        values.put("siteHost", web.host());
        return new Facts(look.clock().instant(), subjects, values);
    }

    /** What the usual hello got; if it was refused, what the first other one got that was not. */
    private static Map<String, Object> attempts(Web web, TlsVersion version, String host, int port)
            throws CollectException {
        Map<String, Object> usual = attempt(web, version, host, port, ClientHello.at(version, host));
        if (Boolean.TRUE.equals(usual.get("accepted"))) {
            return usual;
        }
        Map<String, byte[]> others = new LinkedHashMap<>();
        others.put("without a server name", ClientHello.at(version, ""));
        others.put("with another server's name", ClientHello.at(version, FOREIGN));
        for (int[] suites : ClientHello.furtherSuites(version)) {
            others.put("with unusual cipher suites from 0x" + hex(suites[0]), ClientHello.at(version, host, suites));
        }
        for (Map.Entry<String, byte[]> other : others.entrySet()) {
            Map<String, Object> facts = attempt(web, version, host, port, other.getValue());
            if (Boolean.TRUE.equals(facts.get("accepted"))) {
                facts.put("how", other.getKey());
                return facts;
            }
        }
        usual.put("hellos", 1L + others.size());
        return usual;
    }

    private static Map<String, Object> attempt(Web web, TlsVersion version, String host, int port, byte[] hello)
            throws CollectException {
        ServerAnswer answer;
        try (Socket socket = connect(web, host, port)) {
            socket.getOutputStream().write(hello);
            socket.getOutputStream().flush();
            answer = ServerAnswer.read(socket.getInputStream());
        } catch (IOException e) {
            throw new CollectException(
                    "The handshake at " + version.label() + " with " + host + ":" + port + " came to no end ("
                            + WebFetch.why(e) + "); see whether the server is up and reachable.",
                    e);
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("accepted", false);
        switch (answer) {
            case ServerAnswer.Hello said -> {
                facts.put("accepted", said.version() == version.code());
                facts.put(
                        "answered",
                        TlsVersion.ofCode(said.version()).map(TlsVersion::label).orElse("0x" + hex(said.version())));
                facts.put("cipher", "0x" + hex(said.suite()));
            }
            case ServerAnswer.Alert alert -> facts.put("answered", alert.word());
            case ServerAnswer.Closed closed -> facts.put("answered", "closed");
            case ServerAnswer.NotTls notTls ->
                throw new CollectException(
                        host + ":" + port + " answers, but not with TLS; name the port of the TLS listener.");
        }
        return facts;
    }

    /** A complete handshake as any client would make it, verifying name and chain: what a visitor's connection gets. */
    private static Map<String, Object> handshake(Web web, String host, int port) throws CollectException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("address", host + ":" + port);
        try (Socket plain = connect(web, host, port);
                SSLSocket socket = (SSLSocket) web.trust().getSocketFactory().createSocket(plain, host, port, true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            SSLSession session = socket.getSession();
            values.put("completed", true);
            values.put("protocol", session.getProtocol());
            values.put("cipher", session.getCipherSuite());
            Certificate[] chain = session.getPeerCertificates();
            values.put("chainLength", (long) chain.length);
            if (chain[0] instanceof X509Certificate leaf) {
                values.put("certificateNotAfter", leaf.getNotAfter().toInstant().toString());
                values.put("certificateIssuer", leaf.getIssuerX500Principal().getName());
                values.put("certificateKey", leaf.getPublicKey().getAlgorithm());
            }
        } catch (IOException e) {
            values.put("completed", false);
            values.put("refusal", WebFetch.why(e));
        }
        return values;
    }

    private static Socket connect(Web web, String host, int port) throws CollectException {
        try {
            return web.dialer().connect(host, port);
        } catch (IOException e) {
            throw new CollectException(
                    "No connection to " + host + ":" + port + " (" + WebFetch.why(e)
                            + "); see whether the server is up and reachable.",
                    e);
        }
    }

    private static String hex(int value) {
        return String.format(Locale.ROOT, "%04x", value);
    }
}
