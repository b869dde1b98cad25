package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.outbound.OutboundException;
import dev.averment.server.outbound.OutboundUrl;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads settings of channels, typed and accepted. */
public final class Settings {
    private static final int MOST = 20;

    private Settings() {}

    /** Refuses members that the kind does not know. */
    public static void only(JsonObject typed, String... names) throws ChannelException {
        try {
            typed.requireOnly(Set.of(names));
        } catch (JsonException e) {
            throw new ChannelException("These settings can't be taken: " + e.getMessage() + ".");
        }
    }

    /** A text that fits a pattern. @param rule what it must look like, as a clause */
    public static String text(JsonObject typed, String name, Pattern pattern, String rule) throws ChannelException {
        try {
            String value = typed.string(name).strip();
            if (pattern.matcher(value).matches()) {
                return value;
            }
        } catch (JsonException e) {
            throw new ChannelException("The setting " + name + " is missing: " + rule + ".");
        }
        throw new ChannelException("The setting " + name + " can't be right: " + rule + ".");
    }

    /** An address that {@link OutboundUrl} takes. */
    public static String url(JsonObject typed) throws ChannelException {
        String text;
        try {
            text = typed.string("url").strip();
        } catch (JsonException e) {
            throw new ChannelException("The setting url is missing: give the address that begins with https://.");
        }
        try {
            OutboundUrl.of(text);
            return text;
        } catch (OutboundException e) {
            throw new ChannelException(String.valueOf(e.getMessage()));
        }
    }

    /** One to twenty texts that fit a pattern. */
    public static List<String> texts(JsonObject typed, String name, Pattern pattern, String rule) throws ChannelException {
        try {
            List<String> values =
                    typed.array(name).strings().stream().map(String::strip).distinct().toList();
            if (!values.isEmpty()
                    && values.size() <= MOST
                    && values.stream().allMatch(value -> pattern.matcher(value).matches())) {
                return values;
            }
        } catch (JsonException e) {
            throw new ChannelException("The setting " + name + " is no list of texts: " + rule + ".");
        }
        throw new ChannelException("The setting " + name + " can't be right: " + rule + ", 1 to " + MOST + " of them.");
    }

    /** A text of settings that were accepted. */
    public static String kept(JsonObject settings, String name) {
        try {
            return settings.string(name);
        } catch (JsonException e) {
            throw new IllegalStateException("a channel lacks its setting " + name, e);
        }
    }

    /** A list of settings that were accepted. */
    public static List<String> keptList(JsonObject settings, String name) {
        try {
            return settings.array(name).strings();
        } catch (JsonException e) {
            throw new IllegalStateException("a channel lacks its setting " + name, e);
        }
    }

    /** Scheme and host of an address: its path is often the secret itself. */
    public static String host(String url) {
        return "https://" + URI.create(url).getAuthority() + "/…";
    }

    /** The last {@code shown} characters of a key or number. */
    public static String end(String secret, int shown) {
        return secret.length() <= 2 * shown ? "…" : "…" + secret.substring(secret.length() - shown);
    }

    /** Path and query of an address, whole and in parts: answers repeat them in many ways. */
    public static List<String> secretsOf(String url) {
        URI uri = URI.create(url);
        var secrets = new java.util.ArrayList<String>();
        secrets.add(url);
        for (String whole : new String[] {uri.getRawPath(), uri.getRawQuery()}) {
            if (whole != null && whole.length() > 1) {
                secrets.add(whole);
                for (String part : whole.split("[/&=]")) {
                    if (part.length() >= 8) {
                        secrets.add(part);
                    }
                }
            }
        }
        return secrets;
    }

    /** At most that many characters, with an ellipsis where something is missing; never half of a character. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        return text.substring(0, end) + "…";
    }
}
