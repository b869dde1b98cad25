package dev.averment.server.identity.provider;

import java.util.List;

/** What pages may show of the providers: a button each. */
public interface SignInProviders {

    /**
     * @param id   part of the address {@code /sign-in/with/ID}, to which the button leads
     * @param name such as Google
     * @param kind {@code google}, {@code apple} or {@code generic}
     */
    record Shown(String id, String name, String kind) {
        /** Where signing in with it begins. */
        public String start() {
            return "/sign-in/with/" + id;
        }
    }

    /** In the order in which they should be shown; empty when the operator has named none. */
    List<Shown> all();
}
