package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a browser does that counts for signing in with others: it keeps the cookies of one site, sends them by SameSite and by
 * who made it ask (RFC 6265bis §5.6), says so in Sec-Fetch-Site, and follows redirects and refreshes within the site.
 */
public final class Browser {
    private static final int MOST_STEPS = 10;
    private static final Pattern REFRESH =
            Pattern.compile("(?i)<meta[^>]+http-equiv=\"refresh\"[^>]+content=\"0;\\s*url=([^\"]+)\"");

    /** Who made the browser ask. */
    public enum From {
        /** A page of the same site. */
        HERE("same-origin"),
        /** A page of another site. */
        ELSEWHERE("cross-site"),
        /** Its person, by hand. */
        NOBODY("none");

        private final String word;

        From(String word) {
            this.word = word;
        }
    }

    private final Web web;
    private final Map<String, SetCookie> cookies = new LinkedHashMap<>();

    public Browser(Web web) {
        this.web = web;
    }

    /** Where the browser ended, and what it saw there: an answer that leads to another site is not followed. */
    public record Seen(String path, Answer answer) {

        /** The other site that it was led to. */
        public Optional<URI> away() {
            return answer.headers().firstValue("location").map(URI::create);
        }
    }

    /** Opens a path of the site, and whatever it leads to within the site. */
    public Seen open(String path, From from) throws CollectException {
        return ask("GET", path, from, new byte[0]);
    }

    /** Sends a form to a path of the site. */
    public Seen form(String path, Map<String, String> fields, From from) throws CollectException {
        return ask("POST", path, from, encoded(fields).getBytes(StandardCharsets.US_ASCII));
    }

    /** As the query of an address or the body of a form. */
    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(f -> URLEncoder.encode(f.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Seen ask(String firstMethod, String firstPath, From first, byte[] firstBody) throws CollectException {
        String method = firstMethod;
        String path = firstPath;
        From from = first;
        byte[] body = firstBody;
        for (int step = 0; step < MOST_STEPS; step++) {
            Answer answer = send(method, path, from, body);
            Optional<URI> location = answer.status() >= 300 && answer.status() < 400
                    ? answer.headers().firstValue("location").map(answer.uri()::resolve)
                    : Optional.empty();
            if (location.isPresent() && !ofThisSite(location.get())) {
                return new Seen(path, answer);
            }
            Matcher refresh = REFRESH.matcher(answer.isHtml() ? answer.text() : "");
            if (location.isPresent()) {
                // Who began a chain of redirects counts for all of it.
                path = pathOf(location.get());
            } else if (refresh.find() && ofThisSite(answer.uri().resolve(refresh.group(1)))) {
                path = pathOf(answer.uri().resolve(refresh.group(1)));
                from = From.HERE;
            } else {
                return new Seen(path, answer);
            }
            method = "GET";
            body = new byte[0];
        }
        throw new CollectException("A browser was sent on " + MOST_STEPS + " times and arrived nowhere, last at " + path
                + "; see where the service sends those who sign in.");
    }

    private boolean ofThisSite(URI address) {
        return address.getScheme().equals(web.base().getScheme())
                && address.getRawAuthority().equals(web.base().getRawAuthority());
    }

    private static String pathOf(URI address) {
        return address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
    }

    private Answer send(String method, String path, From from, byte[] body) throws CollectException {
        Map<String, String> headers = new HashMap<>(WebFetch.BROWSER);
        headers.put("Sec-Fetch-Site", from.word);
        String sent = cookies.values().stream()
                .filter(cookie -> goes(cookie, method, from))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            headers.put("Cookie", sent);
        }
        if (method.equals("POST")) {
            headers.put("Content-Type", "application/x-www-form-urlencoded");
            headers.put(
                    "Origin",
                    from == From.ELSEWHERE
                            ? "https://elsewhere.invalid"
                            : web.base().toString());
        }
        Answer answer = WebFetch.send(web, web.base(), method, path, headers, body);
        for (SetCookie cookie : SetCookie.of(answer.headers().allValues("set-cookie"))) {
            take(cookie);
        }
        return answer;
    }

    private static boolean goes(SetCookie cookie, String method, From from) {
        return switch (cookie.attribute("samesite").toLowerCase(java.util.Locale.ROOT)) {
            case "strict" -> from != From.ELSEWHERE;
            case "none" -> true;
            default -> from != From.ELSEWHERE || method.equals("GET");
        };
    }

    /** Keeps a cookie that came by another way, or forgets the one of its name. */
    public void take(SetCookie cookie) {
        if (cookie.clears()) {
            cookies.remove(cookie.name());
        } else {
            cookies.put(cookie.name(), cookie);
        }
    }

    /** The cookies that it has, by their names. */
    public Map<String, SetCookie> cookies() {
        return Map.copyOf(cookies);
    }
}
