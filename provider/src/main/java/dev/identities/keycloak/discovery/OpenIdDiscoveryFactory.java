package dev.identities.keycloak.discovery;

/** OpenID Connect Discovery: {@code /realms/{realm}/.well-known/openid-configuration}. */
public final class OpenIdDiscoveryFactory extends DiscoveryFactory {

    public OpenIdDiscoveryFactory() {
        super("openid-configuration");
    }
}
