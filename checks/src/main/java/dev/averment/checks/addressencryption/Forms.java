package dev.averment.checks.addressencryption;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How bytes may stand in a row, as a dump writes it: bytes are hexadecimal there. */
final class Forms {
    private static final HexFormat HEX = HexFormat.of();

    private Forms() {}

    /** A text: itself, in hexadecimal, in Base64, and these again as bytes. */
    static Set<String> of(List<String> texts) {
        Set<String> forms = new TreeSet<>();
        for (String text : texts) {
            forms.add(text);
            add(forms, text.getBytes(StandardCharsets.UTF_8));
        }
        return forms;
    }

    /** Bytes, of which the hexadecimal form is the plain one. */
    static Set<String> ofBytes(byte[] bytes) {
        Set<String> forms = new TreeSet<>();
        add(forms, bytes);
        return forms;
    }

    private static void add(Set<String> forms, byte[] bytes) {
        Set<String> written = new TreeSet<>();
        written.add(HEX.formatHex(bytes));
        written.add(HEX.withUpperCase().formatHex(bytes));
        // What is encoded along with something before it comes out in one of three ways.
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            // Whole groups of three bytes that hold nothing but the bytes that are looked for.
            int from = before == 0 ? 0 : 3;
            int to = shifted.length - shifted.length % 3;
            if (to - from >= 9) {
                byte[] whole = Arrays.copyOfRange(shifted, from, to);
                written.add(Base64.getEncoder().encodeToString(whole));
                written.add(Base64.getUrlEncoder().encodeToString(whole));
            }
        }
        forms.addAll(written);
        for (String text : written) {
            forms.add(HEX.formatHex(text.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
