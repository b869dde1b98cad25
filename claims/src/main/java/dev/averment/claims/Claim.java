package dev.averment.claims;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One promise.
 *
 * @param id        stable for ever, unique on its page
 * @param ledger    row of the claim ledger, such as {@code R8}; absent outside our own and the reference pages
 * @param section   id of a section of the page
 * @param text      language tag to sentence, with {@code {name}} where a parameter stands
 * @param params    the only source of a figure in the text
 * @param owner     who answers for it
 * @param maps      controls of frameworks that it speaks to, such as {@code gdpr:32.1.c}
 * @param checks    at least one
 * @param selftests altered facts under which the verdict must flip
 */
public record Claim(
        String id,
        @Nullable String ledger,
        String section,
        Map<String, String> text,
        Map<String, String> params,
        String owner,
        Audience audience,
        List<String> maps,
        List<CheckBinding> checks,
        List<SelfTest> selftests,
        @Nullable Exemption exemption) {
    public Claim {
        text = InOrder.copy(text);
        params = InOrder.copy(params);
        maps = List.copyOf(maps);
        checks = List.copyOf(checks);
        selftests = List.copyOf(selftests);
    }
}
