package dev.averment.checks.target;

import dev.averment.checks.Target;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A site reached over HTTPS.
 *
 * @param base      scheme, host and port, no path
 * @param trust     trusts the site's authority: the system's own, or the local one of a disposable server
 * @param client    never follows redirects by itself, has time limits
 * @param plain     where plain HTTP listens, if anywhere
 * @param routes    every route of the running application when the target can tell, else the paths the target file names
 * @param signedIn  headers that make a request an authenticated one; empty when the target gives no credentials
 */
public record Web(
        URI base,
        SSLContext trust,
        HttpClient client,
        Optional<URI> plain,
        List<Route> routes,
        Map<String, String> signedIn)
        implements Target.Facility {

    /**
     * A route of the application.
     *
     * @param method        GET, POST, …
     * @param path          with every variable filled in by a value that exists or a harmless one
     * @param authenticated true when it answers 401 without credentials
     */
    public record Route(String method, String path, boolean authenticated) {}
}
