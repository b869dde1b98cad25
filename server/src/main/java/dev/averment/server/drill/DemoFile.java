package dev.averment.server.drill;

import java.time.Instant;
import java.util.Arrays;

/**
 * A file of a demo.
 *
 * @param digest SHA-256 of what was written, whatever the body is by now
 */
record DemoFile(String name, byte[] body, byte[] digest, Instant written) {
    static final String ORDERS = "orders.csv";
    static final String TOTALS = "totals.csv";
    static final String REPORT = "report.txt";
    static final String EXPORT = "export.json";
    static final String COPY = "export.json.gz";

    DemoFile {
        body = body.clone();
        digest = digest.clone();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public byte[] digest() {
        return digest.clone();
    }

    /** Whether it is as it was written. */
    boolean whole() {
        return Arrays.equals(Work.sha256(body), digest);
    }
}
