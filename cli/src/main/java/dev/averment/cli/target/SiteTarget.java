package dev.averment.cli.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebTargets;
import dev.averment.cli.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A site as anybody sees it: its address and nothing else. */
public record SiteTarget(String name, Web web) implements Target {
    private static final Pattern LOGIN = Pattern.compile("^[^/?#]*://[^/?#]*@");

    /** @param address an https URL; its path, if it has one, is a route to look at beside the root */
    public static SiteTarget of(String address) throws CommandException {
        if (LOGIN.matcher(address).find()) {
            throw CommandException.wrongUse(
                    "the address holds a login, which would stand in reports and logs (it is not"
                            + " repeated here). Give the address alone; a target file says how to sign in, as web.signedIn.");
        }
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw CommandException.wrongUse("\"" + address + "\" is no URL (" + e.getReason()
                    + "). Give the address of a site, such as https://example.org");
        }
        if (uri.getHost() == null || !"https".equalsIgnoreCase(uri.getScheme())) {
            throw CommandException.wrongUse("\"" + address
                    + "\" is no https address. A site is looked at over TLS; give one such as https://example.org");
        }
        List<Web.Route> routes = uri.getRawPath() == null || uri.getRawPath().length() < 2
                ? List.of(new Web.Route("GET", "/", false))
                : List.of(new Web.Route("GET", "/", false), new Web.Route("GET", uri.getRawPath(), false));
        try {
            URI base = new URI("https", null, uri.getHost(), uri.getPort(), null, null, null);
            // Plain HTTP on its own port belongs to a site on the usual one; elsewhere nobody says where it would be.
            Optional<URI> plain = uri.getPort() < 0 || uri.getPort() == 443
                    ? Optional.of(new URI("http", null, uri.getHost(), -1, null, null, null))
                    : Optional.empty();
            return new SiteTarget(
                    base.toString(), WebTargets.open(base, Optional.empty(), plain, false, routes, Map.of()));
        } catch (CollectException e) {
            throw CommandException.wrongUse(e.getMessage());
        } catch (URISyntaxException e) {
            throw CommandException.wrongUse(
                    "\"" + address + "\" can't be used as a site's address: " + e.getReason() + ".");
        }
    }

    /** The site of a target that may have more than one. */
    public static SiteTarget of(Target target) throws CommandException {
        Web web = target.facility(Web.class)
                .orElseThrow(() -> CommandException.wrongUse("the target " + target.name()
                        + " has no site to look at. Add web: {base: https://…} to its file."));
        return new SiteTarget(target.name(), web);
    }

    @Override
    public <T extends Facility> Optional<T> facility(Class<T> kind) {
        return kind.isInstance(web) ? Optional.of(kind.cast(web)) : Optional.empty();
    }
}
