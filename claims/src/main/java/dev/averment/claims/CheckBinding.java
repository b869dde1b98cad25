package dev.averment.claims;

import java.time.Duration;
import java.util.Map;

/**
 * One check bound to a claim.
 *
 * @param id     unique within the claim, stable
 * @param type   name of a check type, such as {@code tls-versions}
 * @param every  how often it runs
 * @param valid  how long an observation counts as fresh; at least {@code every}
 * @param with   what the collector looks at; values with {@code $name} already replaced by the claim's parameters
 * @param expect what the judge compares with; likewise
 */
public record CheckBinding(
        String id, String type, Duration every, Duration valid, Map<String, Object> with, Map<String, Object> expect) {
    public CheckBinding {
        with = InOrder.deep(with);
        expect = InOrder.deep(expect);
    }
}
