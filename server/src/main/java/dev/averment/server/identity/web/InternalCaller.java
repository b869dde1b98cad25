package dev.averment.server.identity.web;

import dev.averment.server.identity.actor.ServiceDoor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Another service, on behalf of a person. */
final class InternalCaller extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient ServiceDoor.Guest guest;

    InternalCaller(ServiceDoor.Guest guest) {
        super(List.of(new SimpleGrantedAuthority("ROLE_SERVICE")));
        this.guest = guest;
        setAuthenticated(true);
    }

    ServiceDoor.Guest guest() {
        return guest;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return guest.service();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InternalCaller that && guest.equals(that.guest);
    }

    @Override
    public int hashCode() {
        return guest.hashCode();
    }
}
