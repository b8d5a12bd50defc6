package dev.identities.keycloak.sessions;

import java.util.Map;
import java.util.Optional;

/**
 * Where Keycloak's built-in social providers live. Their addresses are constants in Keycloak's code and in no
 * configuration; other tools know the providers by these.
 */
public final class SocialProviders {

    private static final Map<String, String> ISSUERS = Map.ofEntries(
            Map.entry("google", "https://accounts.google.com"),
            Map.entry("github", "https://github.com"),
            Map.entry("gitlab", "https://gitlab.com"),
            Map.entry("bitbucket", "https://bitbucket.org"),
            Map.entry("facebook", "https://www.facebook.com"),
            Map.entry("instagram", "https://www.instagram.com"),
            Map.entry("linkedin-openid-connect", "https://www.linkedin.com"),
            Map.entry("microsoft", "https://login.microsoftonline.com"),
            Map.entry("twitter", "https://twitter.com"),
            Map.entry("paypal", "https://www.paypal.com"),
            Map.entry("stackoverflow", "https://stackoverflow.com"));

    private SocialProviders() {}

    /** The provider's well-known address by its provider id. */
    public static Optional<String> issuer(String providerId) {
        return Optional.ofNullable(providerId).map(ISSUERS::get);
    }
}
