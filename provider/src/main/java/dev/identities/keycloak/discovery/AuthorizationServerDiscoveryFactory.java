package dev.identities.keycloak.discovery;

/** RFC 8414: {@code /realms/{realm}/.well-known/oauth-authorization-server} and its form at the server's root. */
public final class AuthorizationServerDiscoveryFactory extends DiscoveryFactory {

    public AuthorizationServerDiscoveryFactory() {
        super("oauth-authorization-server");
    }
}
