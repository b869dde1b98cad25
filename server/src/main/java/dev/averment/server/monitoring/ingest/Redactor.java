package dev.averment.server.monitoring.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what a job wrote, before it is stored. It knows the forms of the secrets that jobs print most: it makes
 * a leak less likely, and does not make it safe to print secrets.
 */
public final class Redactor {
    /** Longest text that is looked at in one go, in characters; what calls is bounded below that. */
    static final int LONGEST = 64 << 10;

    /** @param keep what of the match may stay, as the name of a group; the rest goes */
    private record Form(String kind, Pattern pattern) {
        static Form of(String kind, String pattern) {
            return new Form(kind, Pattern.compile(pattern));
        }
    }

    /** In this order: what a form has taken away is not looked at by the next. Possessive, so that no text takes long. */
    private static final List<Form> FORMS = List.of(
            Form.of(
                    "private-key",
                    "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\\z)"
                            + "|\\A[A-Za-z0-9+/=\\s]*+-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"),
            Form.of("averment-token", "\\bavt_[A-Za-z0-9_.-]{16,}+"),
            Form.of("jwt", "\\beyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]*+"),
            Form.of(
                    "authorization",
                    "(?i)(?<keep>\\b(?:proxy-)?authorization\\b[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?(?:(?:bearer|basic|digest|token|negotiate)\\s{1,4})?)[^\\s\"',;]{4,}+"),
            Form.of("bearer", "(?i)(?<keep>\\bbearer\\s{1,4})[A-Za-z0-9._~+/=-]{12,}+"),
            Form.of("basic", "(?i)(?<keep>\\bbasic\\s{1,4})[A-Za-z0-9+/]{12,}+=*+"),
            Form.of("url-credentials", "(?i)(?<keep>\\b[a-z][a-z0-9+.-]{1,20}://)[^\\s/@\"'<>]{1,256}@"),
            Form.of("aws-key", "\\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\\b"),
            Form.of("github-token", "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+)"),
            Form.of("gitlab-token", "\\bgl(?:pat|ptt|dt|rt|cbt|ft)-[A-Za-z0-9_.-]{16,}+"),
            Form.of("slack-token", "\\bxox[abeprs]-[A-Za-z0-9-]{10,}+|\\bxapp-[A-Za-z0-9-]{10,}+"),
            Form.of("slack-hook", "(?<keep>hooks\\.slack\\.com/(?:services|workflows|triggers)/)[A-Za-z0-9/_-]{10,}+"),
            Form.of("stripe-key", "\\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}+|\\bwhsec_[A-Za-z0-9+/=]{16,}+"),
            Form.of("google-key", "\\bAIza[A-Za-z0-9_-]{35}|\\bya29\\.[A-Za-z0-9_-]{20,}+"),
            Form.of("npm-token", "\\bnpm_[A-Za-z0-9]{30,}+"),
            Form.of(
                    "assignment",
                    "(?i)(?<keep>(?:pass(?:word|wd|phrase)?|pwd|secret|api[_-]?key|access[_-]?key|secret[_-]?(?:access[_-]?)?key|private[_-]?key|client[_-]?secret|(?:access|auth|refresh|session)?[_-]?token|credentials?)"
                            + "[\"']?\\s{0,4}(?:=>|[:=])\\s{0,4})(?:\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|[^\\s\"',;&]{1,}+)"));

    /**
     * What is left.
     *
     * @param kinds how many of each kind were taken out
     */
    public record Redacted(String text, Map<String, Integer> kinds) {
        public Redacted {
            kinds = Map.copyOf(kinds);
        }

        public int count() {
            return kinds.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private Redactor() {}

    /** Replaces each secret by {@code [redacted:KIND]}. */
    public static Redacted redact(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is looked at in parts");
        }
        String left = text;
        var kinds = new LinkedHashMap<String, Integer>();
        for (Form form : FORMS) {
            Matcher matcher = form.pattern().matcher(left);
            if (!matcher.find()) {
                continue;
            }
            boolean keeps = form.pattern().namedGroups().containsKey("keep");
            var out = new StringBuilder(left.length());
            int from = 0;
            do {
                String kept = keeps && matcher.group("keep") != null ? matcher.group("keep") : "";
                if (already(matcher.group(), kept)) {
                    continue;
                }
                out.append(left, from, matcher.start())
                        .append(kept)
                        .append("[redacted:")
                        .append(form.kind())
                        .append(']');
                if (form.kind().equals("url-credentials")) {
                    out.append('@');
                }
                from = matcher.end();
                kinds.merge(form.kind(), 1, Integer::sum);
            } while (matcher.find());
            left = out.append(left, from, left.length()).toString();
        }
        return new Redacted(left, kinds);
    }

    private static boolean already(String match, String kept) {
        return match.substring(kept.length()).startsWith("[redacted:");
    }

    /** Names and counts as one text, for a column: {@code bearer:2 jwt:1}. */
    public static String words(List<Redacted> parts) {
        var all = new java.util.TreeMap<String, Integer>();
        for (Redacted part : parts) {
            part.kinds().forEach((kind, count) -> all.merge(kind, count, Integer::sum));
        }
        var words = new ArrayList<String>();
        all.forEach((kind, count) -> words.add(kind + ":" + count));
        return String.join(" ", words);
    }
}
