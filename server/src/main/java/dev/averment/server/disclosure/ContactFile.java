package dev.averment.server.disclosure;

import dev.averment.checks.target.Registers.Entry;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The text of security.txt (RFC 9116), from an entry of the register {@code security-txt}. */
final class ContactFile {
    static final String PATH = "/.well-known/security.txt";
    static final String KEY_PATH = "/.well-known/openpgp-key.asc";

    private static final Pattern LANGUAGES =
            Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*(, ?[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*){0,19}");
    private static final int MAX_CONTACTS = 10;

    private ContactFile() {}

    /**
     * The file's lines. Expires is the end of the entry's last day, whether that is still to come or not: nobody but the
     * operator renews it.
     *
     * @param bases   addresses of this server, the public one first; the file is the same under each
     * @param policy  what Policy points at, absent when the page has no such document
     */
    static String text(Entry entry, List<URI> bases, Optional<URI> policy) throws DisclosureException {
        var lines = new ArrayList<String>();
        for (String contact : contacts(entry)) {
            lines.add("Contact: " + bases.getFirst().resolve(contact));
        }
        lines.add("Expires: " + DateTimeFormatter.ISO_LOCAL_DATE.format(lastDay(entry)) + "T23:59:59Z");
        lines.add("Encryption: " + bases.getFirst().resolve(KEY_PATH));
        for (URI base : bases) {
            lines.add("Canonical: " + base.resolve(PATH));
        }
        policy.ifPresent(address -> lines.add("Policy: " + address));
        Optional<String> languages = languages(entry);
        languages.ifPresent(tags -> lines.add("Preferred-Languages: " + tags));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> contacts(Entry entry) throws DisclosureException {
        String all = entry.details().getOrDefault("contact", "").strip();
        if (all.isEmpty()) {
            throw new DisclosureException(
                    "The entry " + entry.id() + " of the register security-txt has no contact among its details.");
        }
        List<String> contacts = List.of(all.split("\\s+", MAX_CONTACTS + 1));
        if (contacts.size() > MAX_CONTACTS) {
            throw new DisclosureException("The entry " + entry.id() + " has more than " + MAX_CONTACTS + " contacts.");
        }
        for (String contact : contacts) {
            address(entry, contact);
        }
        return contacts;
    }

    /** A path is one of this server. A value is one line of the file, so that an address, which holds no line feed, is all that gets in. */
    private static void address(Entry entry, String contact) throws DisclosureException {
        try {
            var uri = new URI(contact);
            boolean path = !uri.isAbsolute() && contact.startsWith("/") && !contact.startsWith("//");
            if (path || uri.isAbsolute() && !"http".equalsIgnoreCase(uri.getScheme())) {
                return;
            }
        } catch (URISyntaxException e) {
            throw new DisclosureException(
                    "The contact \"" + contact + "\" of the entry " + entry.id() + " is no address.", e);
        }
        throw new DisclosureException(
                "The contact \"" + contact + "\" of the entry " + entry.id()
                        + " must be an address with its scheme, such as mailto:security@example.org, and not a plain http one.");
    }

    private static LocalDate lastDay(Entry entry) throws DisclosureException {
        LocalDate expires = entry.expires();
        if (expires == null || expires.getYear() < 1970 || expires.getYear() > 9999) {
            throw new DisclosureException("The entry " + entry.id() + " of the register security-txt does not expire;"
                    + " RFC 9116 wants a date, at most a year ahead.");
        }
        return expires;
    }

    private static Optional<String> languages(Entry entry) throws DisclosureException {
        Map<String, String> details = entry.details();
        String tags = details.getOrDefault("languages", "").strip();
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        if (!LANGUAGES.matcher(tags).matches()) {
            throw new DisclosureException("The languages of the entry " + entry.id()
                    + " must be language tags with commas between them, such as \"en, de\".");
        }
        return Optional.of(tags);
    }
}
