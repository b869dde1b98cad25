package dev.averment.server.boot;

import dev.averment.server.database.StartException;
import dev.averment.server.outbound.AddressPolicy;
import dev.averment.server.outbound.Cidr;
import dev.averment.server.outbound.TrustedAuthorities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Where messages to users' addresses may go beyond the public Internet, and whose certificates count there. */
public record OutboundRules(AddressPolicy policy, SSLContext trust) {

    static OutboundRules of(ServerOptions options) throws StartException {
        List<Cidr> allowed = new ArrayList<>();
        try {
            for (String network : options.outboundAllow) {
                allowed.add(Cidr.of(network));
            }
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "A network that --outbound-allow names is none: " + e.getMessage() + ". Write it like 10.1.0.0/16.",
                    e);
        }
        try {
            return new OutboundRules(
                    new AddressPolicy(allowed), TrustedAuthorities.of(Optional.ofNullable(options.outboundAuthority)));
        } catch (IOException e) {
            throw new StartException(
                    "The file that --outbound-authority names can't be used: "
                            + StartException.unstopped(String.valueOf(e.getMessage())) + ".",
                    e);
        }
    }
}
