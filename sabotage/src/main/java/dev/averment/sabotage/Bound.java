package dev.averment.sabotage;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;

/** One check of one claim of a page: what a fault must trip. */
public record Bound(Page page, Claim claim, CheckBinding check) {

    /** As reports write it: {@code CLAIM/CHECK}. */
    public String label() {
        return claim.id() + "/" + check.id();
    }
}
