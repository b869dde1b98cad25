package dev.averment.checks.tlsversions;

import java.util.Optional;

/** The protocol versions that are tried, oldest first: the order is what "at least" means. */
enum TlsVersion {
    TLS_1_0("TLSv1", "1.0", 0x0301),
    TLS_1_1("TLSv1.1", "1.1", 0x0302),
    TLS_1_2("TLSv1.2", "1.2", 0x0303),
    TLS_1_3("TLSv1.3", "1.3", 0x0304);

    private final String label;
    private final String number;
    private final int code;

    TlsVersion(String label, String number, int code) {
        this.label = label;
        this.number = number;
        this.code = code;
    }

    /** As the page names it, such as {@code TLSv1.2}. */
    String label() {
        return label;
    }

    /** The two bytes on the wire. */
    int code() {
        return code;
    }

    static Optional<TlsVersion> ofNumber(String number) {
        for (TlsVersion version : values()) {
            if (version.number.equals(number)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    static Optional<TlsVersion> ofLabel(String label) {
        for (TlsVersion version : values()) {
            if (version.label.equals(label)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    static Optional<TlsVersion> ofCode(int code) {
        for (TlsVersion version : values()) {
            if (version.code == code) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }
}
