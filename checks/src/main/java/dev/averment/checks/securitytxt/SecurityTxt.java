package dev.averment.checks.securitytxt;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A security.txt file, read by the grammar of RFC 9116 §4 and its field rules of §2.5. Reads on past a defect, so that
 * all of them are named at once.
 *
 * @param fields    every field in order
 * @param signature the OpenPGP cleartext signature around them (RFC 9580 §7), not verified yet; empty for a bare file
 * @param problems  what the standard forbids, with the line each is on
 */
record SecurityTxt(List<Field> fields, Optional<ClearSignature> signature, List<Problem> problems) {

    /** @param name as written; names compare without case */
    record Field(int line, String name, String value) {}

    /**
     * @param rule short and stable, such as {@code expires-twice}
     * @param line 0 for the whole file
     */
    record Problem(String rule, int line, String detail) {}

    private static final Pattern FIELD = Pattern.compile("([!-9;-~]+):(.*)", Pattern.DOTALL);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*");
    /** RFC 3339 date-time: seconds are there, an offset is there. */
    private static final Pattern DATE_TIME =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final String BEGIN_MESSAGE = "-----BEGIN PGP SIGNED MESSAGE-----";
    private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
    private static final String END_SIGNATURE = "-----END PGP SIGNATURE-----";

    boolean signed() {
        return signature.isPresent();
    }

    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The one Expires field, when there is exactly one and it is a date-time. */
    Optional<Instant> expires() {
        List<String> values = values("Expires");
        return values.size() == 1 ? dateTime(values.getFirst()) : Optional.empty();
    }

    static SecurityTxt parse(byte[] bytes) {
        List<Problem> problems = new ArrayList<>();
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            problems.add(new Problem("not-utf-8", 0, "the file is not UTF-8"));
            return new SecurityTxt(List.of(), Optional.empty(), problems);
        }
        if (text.startsWith("\uFEFF")) {
            problems.add(new Problem("byte-order-mark", 1, "the file begins with a byte order mark"));
            text = text.substring(1);
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            problems.add(new Problem("no-final-newline", 0, "the last line does not end with a line feed"));
        }
        String[] lines = text.split("\n", -1);
        boolean signed = lines[0].stripTrailing().equals(BEGIN_MESSAGE);
        List<Field> fields = new ArrayList<>();
        Optional<ClearSignature> signature = Optional.empty();
        int from = 0;
        int to = lines.length;
        if (signed) {
            from = 1;
            while (from < lines.length && !lines[from].isBlank()) {
                // No signature covers the armour's headers, so that nothing but the name of a hash may stand there.
                if (!lines[from].startsWith("Hash: ")) {
                    problems.add(new Problem("unsigned-header", from + 1, "text stands outside of the signed part"));
                }
                from++;
            }
            from++;
            to = Math.min(from, lines.length);
            while (to < lines.length && !lines[to].stripTrailing().equals(BEGIN_SIGNATURE)) {
                to++;
            }
            signatureProblems(lines, from, to, problems);
            signature = Optional.of(ClearSignature.of(
                    List.of(lines).subList(Math.min(from, to), to),
                    List.of(lines).subList(to, lines.length)));
        }
        for (int i = from; i < to && i < lines.length; i++) {
            line(i + 1, lines[i], signed, fields, problems);
        }
        fieldRules(fields, problems);
        return new SecurityTxt(List.copyOf(fields), signature, List.copyOf(problems));
    }

    private static void signatureProblems(String[] lines, int from, int to, List<Problem> problems) {
        boolean ended = false;
        for (int i = to; i < lines.length; i++) {
            if (ended && !lines[i].isBlank()) {
                problems.add(new Problem("text-after-signature", i + 1, "text stands outside of the signed part"));
                return;
            }
            ended |= lines[i].stripTrailing().equals(END_SIGNATURE);
        }
        if (from >= lines.length || !ended) {
            problems.add(new Problem("signature-unfinished", 0, "the OpenPGP cleartext signature has no end"));
        }
    }

    private static void line(int number, String raw, boolean signed, List<Field> fields, List<Problem> problems) {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        line = line.replaceAll("[ \\t]+$", "");
        if (signed && line.startsWith("- ")) {
            line = line.substring(2);
        } else if (signed && line.startsWith("-")) {
            problems.add(new Problem("dash-not-escaped", number, "a line of the signed part begins with a dash"));
        }
        if (line.indexOf('\r') >= 0 || line.chars().anyMatch(c -> c < 0x20 && c != '\t' || c == 0x7f)) {
            problems.add(new Problem("control-character", number, "a control character stands in the line"));
            return;
        }
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        Matcher field = FIELD.matcher(line);
        if (!field.matches()) {
            problems.add(new Problem("not-a-field", number, "the line is neither a comment nor \"name: value\""));
            return;
        }
        String value = field.group(2);
        if (value.isBlank()) {
            problems.add(new Problem("empty-value", number, field.group(1) + " has no value"));
            return;
        }
        if (!value.startsWith(" ")) {
            problems.add(new Problem("no-space-after-colon", number, "one space must follow the colon"));
        }
        fields.add(new Field(number, field.group(1), value.strip()));
    }

    private static void fieldRules(List<Field> fields, List<Problem> problems) {
        int contacts = 0;
        int expires = 0;
        int languages = 0;
        for (Field field : fields) {
            switch (field.name().toLowerCase(Locale.ROOT)) {
                case "contact" -> {
                    contacts++;
                    address(field, problems);
                    contact(field, problems);
                }
                case "acknowledgments", "canonical", "encryption", "hiring", "policy", "csaf" ->
                    address(field, problems);
                case "expires" -> {
                    if (++expires == 2) {
                        problems.add(new Problem("expires-twice", field.line(), "Expires may appear only once"));
                    }
                    if (dateTime(field.value()).isEmpty()) {
                        problems.add(new Problem(
                                "expires-malformed",
                                field.line(),
                                "Expires is no date and time of RFC 3339 such as 2027-01-31T12:00:00Z"));
                    }
                }
                case "preferred-languages" -> {
                    if (++languages == 2) {
                        problems.add(new Problem(
                                "languages-twice", field.line(), "Preferred-Languages may appear only once"));
                    }
                    for (String tag : field.value().split(",", -1)) {
                        if (!LANGUAGE.matcher(tag.strip()).matches()) {
                            problems.add(new Problem(
                                    "language-malformed",
                                    field.line(),
                                    "Preferred-Languages must be language tags with commas between them"));
                            break;
                        }
                    }
                }
                case "acknowledgements" ->
                    problems.add(new Problem(
                            "acknowledgments-misspelt", field.line(), "the standard's spelling is Acknowledgments"));
                default -> {
                    // An extension field, which the standard allows and readers skip.
                }
            }
        }
        if (contacts == 0) {
            problems.add(new Problem("contact-missing", 0, "there is no Contact"));
        }
        if (expires == 0) {
            problems.add(new Problem("expires-missing", 0, "there is no Expires"));
        }
    }

    /** Where somebody can be reached: RFC 9116 §2.5.3 names web pages, mail and telephone. */
    private static void contact(Field field, List<Problem> problems) {
        String value = field.value().toLowerCase(Locale.ROOT);
        boolean reaches = value.startsWith("http:") // a problem of its own
                || value.matches("https://[^/@?#\\s]+([/?#].*)?")
                || value.matches("mailto:[^@\\s]+@[^@\\s]+")
                || value.matches("tel:[+0-9].*");
        if (!reaches && value.indexOf(':') > 0) {
            problems.add(new Problem(
                    "contact-scheme",
                    field.line(),
                    "Contact must be an https: or mailto: address or a tel: number that somebody can be reached at"));
        }
    }

    /** A URI with a scheme (RFC 3986), and https wherever it is one of the web. */
    private static void address(Field field, List<Problem> problems) {
        URI uri;
        try {
            uri = new URI(field.value());
        } catch (URISyntaxException e) {
            problems.add(new Problem("not-a-uri", field.line(), field.name() + " is not a URI"));
            return;
        }
        if (!uri.isAbsolute()) {
            problems.add(new Problem(
                    "not-a-uri", field.line(), field.name() + " is not a URI; a mail address needs mailto: before it"));
        } else if (uri.getScheme().equalsIgnoreCase("http")) {
            problems.add(new Problem("plain-http", field.line(), field.name() + " must be an https address"));
        }
    }

    private static Optional<Instant> dateTime(String value) {
        if (!DATE_TIME.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OffsetDateTime.parse(value.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
