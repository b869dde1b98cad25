package dev.averment.claims;

import java.util.Map;

/**
 * An altered fact under which the judge must change its mind; run when the page loads.
 *
 * @param check   id of the claim's check
 * @param set     facts to replace in the check type's passing example: a value's name, or {@code subjects} with a list,
 *                or {@code subject.NAME} to set one fact of every subject
 * @param verdict what the judge must then say
 */
public record SelfTest(String check, Map<String, Object> set, Verdict verdict) {
    public SelfTest {
        set = InOrder.deep(set);
    }
}
