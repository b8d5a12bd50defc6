package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.access.GlobalRevocationAuthentication;
import dev.identities.access.GlobalRevocationCaller;
import dev.identities.access.IdentityProviderCaller;
import dev.identities.api.Outage;
import dev.identities.keycloak.users.Issuers;
import dev.identities.keycloak.users.Sha256;
import dev.identities.settings.IdentityProviderSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.common.VerificationException;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Identity providers by a {@link RevocationToken}, and OAuth clients by the method that is configured for them. A
 * bearer token is always that of a provider.
 *
 * <p>No new trust is set up: the provider is the OpenID Connect one of the realm that has the token's issuer, and the
 * keys are those with which Keycloak checks its ID tokens. The signature is required also where the provider has
 * <em>Validate signatures</em> off.
 */
public final class KeycloakGlobalRevocationAuthentication implements GlobalRevocationAuthentication {

    private static final Logger LOG = Logger.getLogger(KeycloakGlobalRevocationAuthentication.class);

    private static final String BEARER = "bearer ";

    /** Keycloak's two kinds of OpenID Connect providers. Its social providers sign nothing that we could check. */
    private static final Set<String> KINDS =
            Set.of(OIDCIdentityProviderFactory.PROVIDER_ID, KeycloakOIDCIdentityProviderFactory.PROVIDER_ID);

    /** The same for an unknown issuer and a wrong signature: who has no key learns nothing about providers. */
    private static final String NOT_VERIFIED =
            "The token is not signed by a key of an identity provider of this realm, or the provider is disabled.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String realmUrl;
    private final String endpoint;

    /**
     * The authentication of one request.
     *
     * @param realmUrl the realm's issuer, under its front-end URL
     * @param endpoint the URL that a token's {@code aud} must be
     */
    public KeycloakGlobalRevocationAuthentication(
            KeycloakSession session, RealmModel realm, String realmUrl, String endpoint) {
        this.session = session;
        this.realm = realm;
        this.realmUrl = realmUrl;
        this.endpoint = endpoint;
    }

    @Override
    public GlobalRevocationCaller authenticate() throws AccessDeniedException {
        Optional<String> authorization =
                AuthorizationHeader.of(session.getContext().getHttpRequest());
        if (authorization.isEmpty() || !authorization.get().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new KeycloakClientAuthentication(session, realm).authenticate();
        }
        RealmPreconditions.check(session, realm);
        return provider(RevocationToken.read(
                authorization.get().substring(BEARER.length()).trim()));
    }

    private IdentityProviderCaller provider(RevocationToken token) throws AccessDeniedException {
        OIDCIdentityProviderConfig config = config(token).orElseThrow(() -> denied("unknown_issuer", NOT_VERIFIED));
        if (!isSignedBy(config, token.jws())) {
            throw denied("wrong_signature", NOT_VERIFIED);
        }
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        token.requireClaims(Optional.ofNullable(config.getClientId()).orElse(""), endpoint, now);
        requireFirstUse(config, token, now);
        return new IdentityProviderCaller(
                config.getAlias(), token.issuer(), IdentityProviderSettings.of(config.getConfig()::get));
    }

    /**
     * The enabled OpenID Connect provider of the token's issuer. One that lists several issuers counts only where it is
     * switched on. Several may have the issuer, each for another client id of ours; then the one that the token's
     * subject names comes first, and of equal ones the one that is switched on.
     */
    private Optional<OIDCIdentityProviderConfig> config(RevocationToken token) {
        String issuer = token.issuer();
        if (issuer.isEmpty() || issuer.equals(realmUrl)) {
            // A realm that is its own provider would take its own tokens.
            return Optional.empty();
        }
        return Stream.concat(
                        with(IdentityProviderModel.ISSUER, issuer),
                        // No query finds one issuer in a setting that lists several. Those that are switched on are
                        // few.
                        with(IdentityProviderSettings.GLOBAL_TOKEN_REVOCATION, "true"))
                .filter(IdentityProviderModel::isEnabled)
                .filter(provider -> KINDS.contains(provider.getProviderId()))
                .filter(provider -> Issuers.of(provider).contains(issuer))
                .map(OIDCIdentityProviderConfig::new)
                .min(Comparator.comparing((OIDCIdentityProviderConfig config) ->
                                !token.subject().equals(config.getClientId()))
                        .thenComparing(config -> !IdentityProviderSettings.of(config.getConfig()::get)
                                .globalTokenRevocation()));
    }

    private Stream<IdentityProviderModel> with(String setting, String value) {
        try (Stream<IdentityProviderModel> found = session.identityProviders()
                .getAllStream(IdentityProviderQuery.any().with(setting, value))) {
            return found.toList().stream();
        }
    }

    /** By the provider's key of the token's {@code kid}, which Keycloak loads anew when it does not know it yet. */
    private boolean isSignedBy(OIDCIdentityProviderConfig config, JWSInput jws) {
        String algorithm = jws.getHeader().getRawAlgorithm();
        SignatureProvider signatures = session.getProvider(SignatureProvider.class, algorithm);
        if (signatures == null || !signatures.isAsymmetricAlgorithm()) {
            return false;
        }
        try {
            KeyWrapper key = PublicKeyStorageManager.getIdentityProviderKeyWrapper(session, realm, config, jws);
            return key != null
                    && signatures
                            .verifier(key)
                            .verify(
                                    jws.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8),
                                    jws.getSignature());
        } catch (VerificationException e) {
            LOG.debug("A signature could not be verified", e);
            return false;
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            // Keycloak fails over a fixed key that is of another kind than the token's algorithm.
            LOG.debug("A key does not fit the algorithm of a token", e);
            return false;
        }
    }

    /**
     * Remembers the token's id in Keycloak's store for single-use objects, which all nodes share. It is committed at
     * once, so that two nodes cannot take the same token, and a call that fails later does not free it.
     */
    private void requireFirstUse(OIDCIdentityProviderConfig config, RevocationToken token, Instant now)
            throws AccessDeniedException {
        String key = "identities.global-token-revocation."
                + HexFormat.of().formatHex(Sha256.of(realm.getId() + " " + config.getInternalId() + " " + token.id()));
        boolean first = KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> own.singleUseObjects().putIfAbsent(key, token.left(now).toSeconds()));
        if (!first) {
            throw denied("used_before", "The token was used before (jti).");
        }
    }

    private static AccessDeniedException denied(String code, String detail) {
        return new AccessDeniedException(Reason.INVALID_CREDENTIALS, code, detail);
    }
}
