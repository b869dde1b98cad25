package dev.averment.server.identity.provider;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import dev.averment.server.identity.account.MailAddress;
import dev.averment.server.identity.provider.Provider.Kind;
import java.time.Instant;
import java.util.Optional;

/** What the claims of an ID token are taken for. */
final class Claims {
    private static final int LONGEST_SUBJECT = 255;
    private static final int LONGEST_NAME = 200;

    /** Seconds by which the provider's clock may be ahead. */
    private static final long LONGEST_AHEAD = RemoteProvider.SKEW_SECONDS;

    private Claims() {}

    static ProviderIdentity identity(Provider provider, IDTokenClaimsSet claims, Instant now) throws ProviderException {
        String subject = claims.getSubject().getValue();
        if (subject.isBlank() || subject.length() > LONGEST_SUBJECT || subject.indexOf('\0') >= 0) {
            throw ProviderException.unbelieved("subject", "its ID token names nobody");
        }
        String domain = text(claims, "hd").orElse("");
        if (provider.hostedDomain().isPresent()
                && !provider.hostedDomain().get().equals(domain)) {
            throw ProviderException.unbelieved("hosted-domain", "the person is of another organisation");
        }
        Optional<String> email =
                text(claims, "email").flatMap(MailAddress::parse).map(MailAddress::text);
        boolean confirmed = email.isPresent()
                && says(provider, claims.getClaim("email_verified"))
                && answersFor(provider, email.get(), domain);
        return new ProviderIdentity(
                provider.issuer().toString(),
                subject,
                email,
                confirmed,
                text(claims, "name").filter(name -> name.length() <= LONGEST_NAME && name.indexOf('\0') < 0),
                asked(claims, now));
    }

    /** A time to come is none: whoever believed it would take its person for fresh until then. */
    private static Optional<Instant> asked(IDTokenClaimsSet claims, Instant now) {
        return claims.getClaim("auth_time") instanceof Number seconds
                ? Optional.of(Instant.ofEpochSecond(
                                Math.clamp(seconds.longValue(), 0, now.getEpochSecond() + LONGEST_AHEAD + 1)))
                        .filter(at -> !at.isAfter(now.plusSeconds(LONGEST_AHEAD)))
                : Optional.empty();
    }

    /** A true that is a true: Apple alone is documented to write it as a text. */
    private static boolean says(Provider provider, @org.jspecify.annotations.Nullable Object verified) {
        return Boolean.TRUE.equals(verified) || provider.kind() == Kind.APPLE && "true".equals(verified);
    }

    /**
     * Google has looked once at an address that it does not run itself, and does not learn who has it now ("Email is
     * authoritative" in its guide to sign-in): only its own and those of its Workspaces are as good as a mail that arrived.
     */
    private static boolean answersFor(Provider provider, String email, String domain) {
        return provider.kind() != Kind.GOOGLE || !domain.isEmpty() || email.endsWith("@gmail.com");
    }

    private static Optional<String> text(IDTokenClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
