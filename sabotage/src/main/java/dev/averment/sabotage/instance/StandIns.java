package dev.averment.sabotage.instance;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which providers a server that is made for one page must have, for the page's checks to take their place. */
public final class StandIns {
    private static final String FLOW = "sign-in-flow";
    private static final String LINKING = "account-linking";

    /** What a check takes where the page names none. */
    private static final String ANY = "openid";

    private StandIns() {}

    /** Ids of the providers that the checks of {@code page} name; none where no check wants one. */
    public static Set<String> of(Page page) {
        Set<String> ids = new TreeSet<>();
        boolean wanted = false;
        for (Claim claim : page.claims()) {
            for (CheckBinding check : claim.checks()) {
                if (check.type().equals(FLOW) && check.with().get("providers") instanceof List<?> named) {
                    named.stream()
                            .map(String::valueOf)
                            .filter(id -> !id.equals("password"))
                            .forEach(ids::add);
                } else if (check.type().equals(LINKING) && check.with().get("provider") instanceof String named) {
                    ids.add(named);
                } else {
                    wanted |= check.type().equals(FLOW) || check.type().equals(LINKING);
                }
            }
        }
        if (wanted && ids.isEmpty()) {
            ids.add(ANY);
        }
        return ids;
    }
}
