package dev.averment.server.identity.web;

import dev.averment.server.identity.workspace.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A program with a token. */
final class ProgramCaller extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller.Program program;

    ProgramCaller(Caller.Program program) {
        super(List.of(new SimpleGrantedAuthority("ROLE_PROGRAM")));
        this.program = program;
        setAuthenticated(true);
    }

    Caller.Program program() {
        return program;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return program.token().toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProgramCaller that && program.equals(that.program);
    }

    @Override
    public int hashCode() {
        return program.hashCode();
    }
}
