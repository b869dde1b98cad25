package dev.averment.checks.target;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Where a database is and how it is connected to. The driver prefers what its URL says to what it is given beside it, so the
 * URL's parameters are taken off it: or no connection could be made in another way than the URL's.
 *
 * @param url        without parameters
 * @param parameters of the driver, TLS files among them
 */
record PostgresAddress(String url, Map<String, String> parameters) {

    private static final Set<String> FILES = Set.of("sslrootcert", "sslcert", "sslkey");

    private static final Set<String> DEMANDING = Set.of("require", "verify-ca", "verify-full");

    PostgresAddress {
        parameters = Map.copyOf(parameters);
    }

    /** @throws IllegalArgumentException for a parameter that is not encoded as in a URL */
    static PostgresAddress parse(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return new PostgresAddress(url, Map.of());
        }
        Map<String, String> parameters = new HashMap<>();
        for (String pair : url.substring(question + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (!name.isEmpty()) {
                parameters.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return new PostgresAddress(url.substring(0, question), parameters);
    }

    /** Whether it says which certificates and keys are used. */
    boolean namesFiles() {
        return parameters.keySet().stream().anyMatch(FILES::contains);
    }

    /** The same with certificates and keys; whoever names an authority wants the server verified. */
    PostgresAddress with(Map<String, String> files) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(files);
        if (files.containsKey("sslrootcert")) {
            all.putIfAbsent("sslmode", "verify-full");
        }
        return new PostgresAddress(url, all);
    }

    /** As the application connects, with time limits of this client. */
    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "averment");
        parameters.forEach(properties::setProperty);
        return properties;
    }

    /** The same in exactly one way; GSS encryption would stand in for TLS without being it. */
    Properties properties(Database.Transport transport) {
        Properties properties = properties();
        properties.setProperty("gssEncMode", "disable");
        if (transport == Database.Transport.PLAIN) {
            FILES.forEach(properties::remove);
            properties.remove("ssl");
            properties.remove("channelBinding");
            properties.setProperty("sslmode", "disable");
            // Whoever listens on the way must learn that the door is open, not the key to it.
            properties.setProperty("requireAuth", "!password");
            return properties;
        }
        if (!DEMANDING.contains(properties.getProperty("sslmode", ""))) {
            properties.setProperty("sslmode", properties.containsKey("ssl") ? "verify-full" : "require");
        }
        if (transport == Database.Transport.TLS_WITHOUT_CLIENT_CERTIFICATE) {
            properties.setProperty("sslcert", "");
            properties.setProperty("sslkey", "");
        }
        return properties;
    }
}
