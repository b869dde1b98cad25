package dev.averment.server.identity.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A provider as it is reached: its document, its keys, its token endpoint (OpenID Connect Core 1.0 §3.1). */
final class RemoteProvider implements AutoCloseable {
    private static final Duration DOCUMENT_LIFE = Duration.ofHours(1);
    private static final Duration KEYS_LIFE = Duration.ofMinutes(15);

    /** Between two fetches of the same thing, whoever asks and whatever came of it. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    /** Between the provider's clock and this machine's. */
    static final int SKEW_SECONDS = 60;

    private final Provider provider;
    private final ProviderHttp http;
    private final InstantSource clock;
    private final Kept<OIDCProviderMetadata> document;
    private final Kept<JWKSet> keys;

    RemoteProvider(Provider provider, Duration patience, InstantSource clock) throws IOException {
        this.provider = provider;
        this.http = new ProviderHttp(provider, patience);
        this.clock = clock;
        this.document = new Kept<>(this::discover, DOCUMENT_LIFE, PAUSE, clock);
        this.keys = new Kept<>(this::fetchKeys, KEYS_LIFE, PAUSE, clock);
    }

    Provider provider() {
        return provider;
    }

    private String get(URI address, String what) throws ProviderException {
        ProviderHttp.Answer answer;
        try {
            answer = http.get(address);
        } catch (IOException e) {
            throw ProviderException.broken(what, "its " + what + " can't be fetched: " + e.getMessage(), e);
        }
        if (answer.status() != 200) {
            throw ProviderException.broken(what, "its " + what + " is answered with status " + answer.status());
        }
        return answer.body();
    }

    private OIDCProviderMetadata discover() throws ProviderException {
        String issuer = provider.issuer().toString();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        String text = get(URI.create(base + "/.well-known/openid-configuration"), "document");
        try {
            OIDCProviderMetadata found = OIDCProviderMetadata.parse(text);
            // Letter by letter: a document of somebody else would send codes to his token endpoint (ASVS 10.5.3).
            if (!found.getIssuer().getValue().equals(issuer)) {
                throw ProviderException.unbelieved("document-issuer", "its document is of another issuer");
            }
            for (URI endpoint :
                    new URI[] {found.getAuthorizationEndpointURI(), found.getTokenEndpointURI(), found.getJWKSetURI()
                    }) {
                if (endpoint == null || !"https".equals(endpoint.getScheme()) || endpoint.getHost() == null) {
                    throw ProviderException.broken(
                            "document", "its document names an endpoint that is no https address");
                }
            }
            return found;
        } catch (ParseException e) {
            throw ProviderException.broken("document", "its document can't be read", e);
        }
    }

    private JWKSet fetchKeys() throws ProviderException {
        try {
            return JWKSet.parse(get(document.get().getJWKSetURI(), "keys")).toPublicJWKSet();
        } catch (java.text.ParseException e) {
            throw ProviderException.broken("keys", "its keys can't be read", e);
        }
    }

    /**
     * Where the browser is sent.
     *
     * @param anew whether the provider must ask its person, however short a time ago it did (Core §3.1.2.1)
     */
    URI authorization(URI back, Scope scope, boolean anew, FlowSecrets secrets) throws ProviderException {
        var request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, scope, new ClientID(provider.clientId()), back)
                .endpointURI(document.get().getAuthorizationEndpointURI())
                .state(new State(secrets.state()))
                .nonce(new Nonce(secrets.nonce()))
                .codeChallenge(new CodeVerifier(secrets.verifier()), CodeChallengeMethod.S256);
        if (provider.answersByForm()) {
            request.responseMode(ResponseMode.FORM_POST);
        }
        if (anew) {
            request.maxAge(0);
            // Google knows no prompt of this name, and refuses what it does not know.
            if (provider.kind() != Provider.Kind.GOOGLE) {
                request.prompt(new Prompt(Prompt.Type.LOGIN));
            }
        }
        provider.hostedDomain().ifPresent(domain -> request.customParameter("hd", domain));
        return request.build().toURI();
    }

    /** Refuses an answer that names another issuer, or none where this one promises to name itself (RFC 9207 §2.4). */
    void named(String issuer) throws ProviderException {
        boolean promised = document.get().supportsAuthorizationResponseIssuerParam();
        boolean fits =
                issuer.isEmpty() ? !promised : issuer.equals(provider.issuer().toString());
        if (!fits) {
            throw ProviderException.unbelieved("answer-issuer", "the answer names another issuer, or none");
        }
    }

    /** Exchanges a code for an ID token, and says whom that is about. The access token that comes with it is let go. */
    ProviderIdentity exchange(String code, URI back, FlowSecrets secrets) throws ProviderException {
        var grant = new AuthorizationCodeGrant(new AuthorizationCode(code), back, new CodeVerifier(secrets.verifier()));
        HTTPRequest request = new TokenRequest.Builder(document.get().getTokenEndpointURI(), authentication(), grant)
                .build()
                .toHTTPRequest();
        Map<String, String> headers = new HashMap<>();
        String authorization = request.getHeaderValue("Authorization");
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        ProviderHttp.Answer answer;
        try {
            answer = http.post(request.getURI(), request.getBody(), headers);
        } catch (IOException e) {
            throw ProviderException.broken("code", "its token endpoint can't be asked: " + e.getMessage(), e);
        }
        if (answer.status() != 200) {
            throw answer.status() < 500
                    ? ProviderException.unbelieved("code", "it does not take the code")
                    : ProviderException.broken("code", "its token endpoint answers with status " + answer.status());
        }
        try {
            var tokens = OIDCTokenResponse.parse(JSONObjectUtils.parse(answer.body()))
                    .getOIDCTokens();
            if (!(tokens.getIDToken() instanceof SignedJWT idToken)) {
                throw ProviderException.unbelieved("unsigned", "its ID token is not signed");
            }
            IDTokenClaimsSet claims = verified(idToken, secrets);
            if (claims.getAccessTokenHash() != null) {
                AccessTokenValidator.validate(
                        tokens.getAccessToken(), idToken.getHeader().getAlgorithm(), claims.getAccessTokenHash());
            }
            return Claims.identity(provider, claims, clock.instant());
        } catch (InvalidHashException e) {
            throw ProviderException.unbelieved("access-token", "its ID token came with another access token");
        } catch (ParseException e) {
            throw ProviderException.broken("tokens", "its answer holds no ID token", e);
        }
    }

    private ClientAuthentication authentication() throws ProviderException {
        var id = new ClientID(provider.clientId());
        Secret secret;
        try {
            secret = new Secret(provider.secret().at(clock.instant()));
        } catch (IOException e) {
            throw ProviderException.broken(
                    "client-secret", "this server's own secret can't be used: " + e.getMessage(), e);
        }
        List<ClientAuthenticationMethod> taken = document.get().getTokenEndpointAuthMethods();
        boolean basic = taken == null || taken.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        return basic && !provider.answersByForm()
                ? new ClientSecretBasic(id, secret)
                : new ClientSecretPost(id, secret);
    }

    /** Signature by a key of this provider, issuer, audience, times, nonce: each is checked, always (ASVS 6.8.2, 10.5). */
    private IDTokenClaimsSet verified(SignedJWT idToken, FlowSecrets secrets) throws ProviderException {
        if (!provider.algorithms().contains(idToken.getHeader().getAlgorithm())) {
            throw ProviderException.unbelieved(
                    "algorithm", "its ID token is signed by an algorithm that is not allowed");
        }
        var failure = new ProviderException[1];
        JWKSource<SecurityContext> source = (selector, _) -> {
            try {
                return matching(selector);
            } catch (ProviderException e) {
                failure[0] = e;
                throw new KeySourceException(e.getMessage(), e);
            }
        };
        var validator = new IDTokenValidator(
                new Issuer(provider.issuer().toString()),
                new ClientID(provider.clientId()),
                new JWSVerificationKeySelector<>(provider.algorithms(), source),
                null);
        validator.setMaxClockSkew(SKEW_SECONDS);
        try {
            IDTokenClaimsSet claims = validator.validate(idToken, new Nonce(secrets.nonce()));
            meantForUs(claims);
            return claims;
        } catch (BadJOSEException | JOSEException e) {
            if (failure[0] != null) {
                throw failure[0];
            }
            throw ProviderException.unbelieved("id-token", "its ID token is not good: " + e.getMessage());
        }
    }

    /** The library looks for us among the audience, and not at whom of several the token was handed to (Core §3.1.3.7, 4 and 5). */
    private void meantForUs(IDTokenClaimsSet claims) throws ProviderException {
        Object handedTo = claims.getClaim("azp");
        boolean alone = claims.getAudience().size() == 1;
        if (handedTo == null ? !alone : !provider.clientId().equals(handedTo)) {
            throw ProviderException.unbelieved("audience", "its ID token was handed to somebody else");
        }
    }

    /** Keys that fit; a key that is not known yet makes the set be fetched anew, once in a while. */
    private List<JWK> matching(JWKSelector selector) throws ProviderException {
        List<JWK> kept = selector.select(keys.get());
        return kept.isEmpty() ? selector.select(keys.anew()) : kept;
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
