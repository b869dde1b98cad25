package dev.averment.server.identity.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address, in small letters. ASCII only: an address that looks like another one but is none (a Cyrillic а) must not
 * become a second account; domains in other scripts have their ASCII form (RFC 5891).
 */
public record MailAddress(String text) {
    private static final Pattern FORM =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*"
                    + "@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** Empty for what no mail server of the present takes. */
    public static Optional<MailAddress> parse(String typed) {
        if (typed.length() > 300) {
            return Optional.empty();
        }
        String text = typed.strip().toLowerCase(Locale.ROOT);
        boolean fits = text.length() <= 254
                && text.indexOf('@') <= 64
                && FORM.matcher(text).matches();
        return fits ? Optional.of(new MailAddress(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
