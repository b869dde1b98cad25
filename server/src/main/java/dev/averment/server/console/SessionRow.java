package dev.averment.server.console;

import dev.averment.server.identity.session.Session;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A session as its owner tells it from others.
 *
 * @param program browser and system, as far as it says; anybody may write anything there
 * @param here    whether it is the one that asks
 */
public record SessionRow(UUID id, String program, String about, boolean here) {
    /** In this order: Edge and Chrome call themselves Safari as well, and Edge Chrome. */
    private static final List<List<String>> BROWSERS = List.of(
            List.of("Edg/", "Edge"),
            List.of("OPR/", "Opera"),
            List.of("Firefox/", "Firefox"),
            List.of("Chrome/", "Chrome"),
            List.of("Safari/", "Safari"),
            List.of("curl/", "curl"));

    private static final List<List<String>> SYSTEMS = List.of(
            List.of("Android", "Android"),
            List.of("iPhone", "iPhone"),
            List.of("iPad", "iPad"),
            List.of("Windows", "Windows"),
            List.of("Mac OS X", "macOS"),
            List.of("Linux", "Linux"));

    private static final Map<String, Own> FACTORS = Map.of(
            "password", Own.BY_PASSWORD,
            "totp", Own.BY_TOTP,
            "recovery-code", Own.BY_RECOVERY_CODE,
            "passkey", Own.BY_PASSKEY,
            "hardware-key", Own.BY_HARDWARE,
            "provider", Own.BY_PROVIDER);

    static SessionRow of(Session session, boolean here, Sheet sheet) {
        String factors = session.factors().stream()
                .sorted()
                .map(f -> FACTORS.containsKey(f) ? sheet.say(FACTORS.get(f)) : f)
                .collect(Collectors.joining(", "));
        return new SessionRow(
                session.id(),
                program(session.client(), sheet),
                sheet.say(
                        Own.SESSION_OPENED,
                        sheet.instant(session.opened()),
                        session.address(),
                        sheet.instant(session.seen()),
                        factors),
                here);
    }

    private static String program(String client, Sheet sheet) {
        String browser = first(BROWSERS, client);
        String system = first(SYSTEMS, client);
        if (browser.isEmpty()) {
            return client.isBlank()
                    ? sheet.say(Own.UNKNOWN_PROGRAM)
                    : client.substring(0, Math.min(40, client.length()));
        }
        return system.isEmpty() ? browser : browser + " · " + system;
    }

    private static String first(List<List<String>> known, String client) {
        return known.stream()
                .filter(k -> client.contains(k.getFirst()))
                .map(List::getLast)
                .findFirst()
                .orElse("");
    }
}
