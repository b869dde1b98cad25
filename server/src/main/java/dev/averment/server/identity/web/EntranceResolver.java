package dev.averment.server.identity.web;

import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

/** Makes an {@link Entrance} of who calls, the workspace in the path, and the permission that the route declares. */
final class EntranceResolver implements HandlerMethodArgumentResolver {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** A workspace that nobody is in: what is no id is answered like an id that was never given out. */
    private static final UUID NOWHERE = new UUID(0, 0);

    private final Sessions sessions;

    EntranceResolver(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Entrance.class || parameter.getParameterType() == Caller.Person.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        Caller caller = caller(web.getUserPrincipal());
        if (parameter.getParameterType() == Caller.Person.class) {
            return caller;
        }
        Needs needs = parameter.getMethodAnnotation(Needs.class);
        if (needs == null) {
            throw new IllegalStateException(parameter.getMethod() + " declares no permission");
        }
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        Object variables =
                request == null ? null : request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (caller instanceof Caller.Program program
                && !(variables instanceof Map<?, ?> named && named.containsKey("workspace"))) {
            // The interface of another product knows no workspaces: a token is for one alone.
            return new Entrance(caller, program.workspace(), needs.value());
        }
        String workspace = variables instanceof Map<?, ?> map ? String.valueOf(map.get("workspace")) : "";
        return new Entrance(
                caller, UUID_FORM.matcher(workspace).matches() ? UUID.fromString(workspace) : NOWHERE, needs.value());
    }

    private Caller caller(@Nullable Principal principal) {
        return switch (principal) {
            case SignedIn person ->
                new Caller.Person(person.session().account(), person.session().id(), sessions.fresh(person.session()));
            case ProgramCaller program -> program.program();
            case null, default -> throw new IllegalStateException("the edge let in somebody who is nobody");
        };
    }
}
